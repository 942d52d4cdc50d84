/** How a command that reads environments is told of one. */
export interface ChosenEnvironment {
  /** @default - every environment */
  readonly env?: string;
  /** As the CDK CLI takes it: `env=<name>`. */
  readonly context?: string;
}

/** @throws Error where both name one, or the context names none */
export function chosenEnvironment({ env, context }: ChosenEnvironment): string | undefined {
  if (context === undefined) return env;
  const name = /^env=(.+)$/.exec(context)?.[1];
  if (name === undefined) throw new Error(`--context: got '${context}', allowed env=<name>; name an environment`);
  if (env !== undefined && env !== name)
    throw new Error(`--context: got 'env=${name}' beside --env '${env}', allowed one environment; leave one out`);
  return name;
}
