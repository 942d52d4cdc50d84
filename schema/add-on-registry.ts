/**
 * The account whose ECR registry serves the images of EKS add-ons, by region. Nodes pull those images as themselves, so an ECR
 * endpoint policy that admits the organisation's registries only must name this account too, or no node ever gets its CNI.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/add-ons-images.html (looked up 2026-11-24)
 */
const COMMON = '602401143452';
const COMMON_REGIONS = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
] as const;
const OWN: Readonly<Record<string, string>> = {
  'af-south-1': '877085696533',
  'ap-east-1': '800184023465',
  'ap-south-2': '900889452093',
  'ap-southeast-3': '296578399912',
  'ap-southeast-4': '491585149902',
  'ca-west-1': '761377655185',
  'eu-central-2': '900612956339',
  'eu-south-1': '590381155156',
  'eu-south-2': '455263428931',
  'il-central-1': '066635153087',
  'me-central-1': '759879836304',
  'me-south-1': '558608220178',
};

/** The regions in which an environment can be: in any other one no node would get its CNI. */
export const ADD_ON_REGIONS: readonly string[] = [...COMMON_REGIONS, ...Object.keys(OWN)].sort();

export const isAddOnRegion = (region: string): boolean => ADD_ON_REGIONS.includes(region);

/** @throws when the region's account is not known, which the loader has refused with file and line: a guess would be somebody else's registry. */
export function addOnRegistryAccount(region: string): string {
  const account = (COMMON_REGIONS as readonly string[]).includes(region) ? COMMON : OWN[region];
  if (account === undefined) {
    throw new Error(
      `region: got ${region}, allowed ${ADD_ON_REGIONS.join(', ')}; ` +
        "add the region's account to schema/add-on-registry.ts from the EKS user guide",
    );
  }
  return account;
}
