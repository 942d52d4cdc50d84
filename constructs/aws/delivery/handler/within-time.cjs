const { clearTimeout, setTimeout } = require('node:timers');

/** Milliseconds before Lambda ends the function in which a failure must be on its way. */
const MARGIN_MS = 40_000;

/** Fails while there is still time to say so; CloudFormation would otherwise wait for an answer that never comes. */
async function withinTime(work, context) {
  const left = Math.max(0, context.getRemainingTimeInMillis() - MARGIN_MS);
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${left} ms; deploy again`)), left);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

module.exports = { withinTime };
