const http = require('node:http');
const https = require('node:https');
const { setTimeout: wait } = require('node:timers/promises');
const { Buffer } = require('node:buffer');

const ATTEMPTS = 4;
const ATTEMPT_TIMEOUT_MS = 8000;
const FIRST_PAUSE_MS = 500;
/** CloudFormation refuses an answer of more than 4,096 bytes. */
const REASON_MAX_CHARACTERS = 1024;

/**
 * Answers CloudFormation at its presigned address. A lost answer holds the stack until its time-out, so it is tried again, with
 * longer pauses, and each attempt has a time-out of its own.
 * @throws the last error when every attempt failed
 */
async function respond(event, { status, reason, physicalId }, { firstPauseMs = FIRST_PAUSE_MS, log } = {}) {
  const body = JSON.stringify({
    Status: status,
    Reason: String(reason ?? 'done').slice(0, REASON_MAX_CHARACTERS),
    PhysicalResourceId: physicalId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: false,
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await put(event.ResponseURL, body);
      return;
    } catch (error) {
      log?.(`answer to CloudFormation, attempt ${attempt} of ${ATTEMPTS}: ${error.message}`);
      if (attempt === ATTEMPTS) throw error;
      await wait(firstPauseMs * 2 ** (attempt - 1));
    }
  }
}

function put(address, body) {
  const { request } = address.startsWith('http:') ? http : https;
  return new Promise((resolve, reject) => {
    // The address is signed for an empty content type.
    const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
    const sent = request(address, { method: 'PUT', headers, timeout: ATTEMPT_TIMEOUT_MS }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`status ${response.statusCode}`));
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${ATTEMPT_TIMEOUT_MS} ms`)));
    sent.on('error', reject);
    sent.end(body);
  });
}

module.exports = { respond };
