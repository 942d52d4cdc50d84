// The AWS SDK comes with the Lambda runtime.
const { PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { createHandler } = require('./handler.cjs');

const {
  ATOLL_ACCOUNT,
  ATOLL_ARCHIVE_ACCOUNT,
  ATOLL_ARCHIVE_BUCKET,
  ATOLL_ENVIRONMENT,
  ATOLL_PREFIX,
  ATOLL_STACK,
  AWS_REGION,
} = process.env;
// The archive may lie in another region, which is its own program's choice.
const s3 = new S3Client({ maxAttempts: 5, followRegionRedirects: true });

const ledger = {
  async put(key, text) {
    const command = new PutObjectCommand({
      Bucket: ATOLL_ARCHIVE_BUCKET,
      Key: `${ATOLL_PREFIX}${key}`,
      Body: text,
      ContentType: 'application/json',
      // The account as owner: a bucket of the same name in another account is refused.
      ExpectedBucketOwner: ATOLL_ARCHIVE_ACCOUNT,
      // S3 asks for a checksum of whatever comes under a retention.
      ChecksumAlgorithm: 'SHA256',
      IfNoneMatch: '*',
    });
    await s3.send(command).catch((error) => {
      // The key names the request: what lies there is what an earlier attempt has put, whose answer was lost.
      if (error.name !== 'PreconditionFailed') throw error;
    });
  },
};

module.exports = {
  handler: createHandler({
    ledger,
    settings: {
      account: ATOLL_ACCOUNT,
      region: AWS_REGION,
      environment: ATOLL_ENVIRONMENT,
      stack: ATOLL_STACK,
    },
    log: (line) => process.stdout.write(`${line}\n`),
  }),
};
