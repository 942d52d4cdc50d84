// The AWS SDK comes with the Lambda runtime.
const { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { createHandler } = require('./handler.cjs');

const { ATOLL_ACCOUNT, ATOLL_BUCKET, ATOLL_ENVIRONMENT, ATOLL_PLATFORM_STACK, ATOLL_SOURCE_BUCKET, AWS_REGION } =
  process.env;
const s3 = new S3Client({ maxAttempts: 5 });
// The account as owner: a bucket of the same name in another account is refused.
const ExpectedBucketOwner = ATOLL_ACCOUNT;

const files = {
  async read(Bucket, Key) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ExpectedBucketOwner }));
    return Body.transformToByteArray();
  },
  async write(Key, Body) {
    // No encryption header: the bucket's default, its own key, applies.
    const ContentType = 'application/yaml';
    await s3.send(new PutObjectCommand({ Bucket: ATOLL_BUCKET, Key, Body, ContentType, ExpectedBucketOwner }));
  },
  async remove(Key) {
    await s3.send(new DeleteObjectCommand({ Bucket: ATOLL_BUCKET, Key, ExpectedBucketOwner }));
  },
};

module.exports = {
  handler: createHandler({
    files,
    settings: {
      account: ATOLL_ACCOUNT,
      region: AWS_REGION,
      environment: ATOLL_ENVIRONMENT,
      platformStack: ATOLL_PLATFORM_STACK,
      sourceBucket: ATOLL_SOURCE_BUCKET,
    },
    log: (line) => process.stdout.write(`${line}\n`),
  }),
};
