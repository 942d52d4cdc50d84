import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type handleUnaryCall, Server, ServerCredentials } from '@grpc/grpc-js';
import { EngineService } from '@pulumi/pulumi/proto/engine_grpc_pb';
import { type LogRequest, LogSeverity, SetRootResourceResponse } from '@pulumi/pulumi/proto/engine_pb';
import { ResourceMonitorService } from '@pulumi/pulumi/proto/resource_grpc_pb';
import {
  RegisterPackageResponse,
  type RegisterResourceRequest,
  RegisterResourceResponse,
  SupportsFeatureResponse,
} from '@pulumi/pulumi/proto/resource_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { Struct } from 'google-protobuf/google/protobuf/struct_pb';
import { parse } from 'yaml';
import { cleanVariables } from './command-line';

/** One resource that a program asked an engine for. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly protect: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface RanUnderEngine {
  /** Name of the project. */
  readonly project: string;
  readonly status: number | null;
  /** In the order of the program, without the stack itself. */
  readonly registered: readonly Registered[];
  /** Warnings and errors for the person at the command line. */
  readonly log: readonly string[];
}

interface ProjectFile {
  readonly name: string;
  readonly main: string;
  readonly runtime: { readonly options: { readonly typescript: boolean; readonly nodeargs: string } };
}

/**
 * Runs a Pulumi program as its language host does, by its own `Pulumi.yaml`, under an engine that only writes down what it is asked
 * for: Pulumi's real one is a program that npm does not have.
 */
export async function runUnderEngine(folder: string, stack: string): Promise<RanUnderEngine> {
  const registered: Registered[] = [];
  const log: string[] = [];
  const server = new Server();
  server.addService(ResourceMonitorService, {
    supportsFeature: answer(() => new SupportsFeatureResponse()),
    registerPackage: answer(() => new RegisterPackageResponse()),
    registerResource: answer((request: RegisterResourceRequest) => register(request, registered)),
    registerResourceOutputs: answer(() => new Empty()),
    signalAndWaitForShutdown: answer(() => new Empty()),
  });
  server.addService(EngineService, {
    log: answer((request: LogRequest) => {
      if (request.getSeverity() >= LogSeverity.WARNING) log.push(request.getMessage());
      return new Empty();
    }),
    setRootResource: answer(() => new SetRootResourceResponse()),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  try {
    const status = await runProgram(folder, stack, `127.0.0.1:${String(port)}`);
    return { project: projectFile(folder).name, status, registered, log };
  } finally {
    server.forceShutdown();
  }
}

const projectFile = (folder: string): ProjectFile =>
  parse(readFileSync(join(folder, 'Pulumi.yaml'), 'utf8')) as ProjectFile;

function runProgram(folder: string, stack: string, address: string): Promise<number | null> {
  const { name, main, runtime } = projectFile(folder);
  const runner = require.resolve('@pulumi/pulumi/cmd/run');
  const flags = { project: name, stack, pwd: folder, parallel: 1, monitor: address, engine: address };
  const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${String(value)}`);
  const { nodeargs, typescript } = runtime.options;
  const child = spawn(process.execPath, [...nodeargs.split(' '), runner, ...args, main], {
    cwd: folder,
    env: cleanVariables({ PULUMI_NODEJS_TYPESCRIPT: String(typescript) }),
    stdio: 'ignore',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
}

function register(request: RegisterResourceRequest, registered: Registered[]): RegisterResourceResponse {
  const [type, name] = [request.getType(), request.getName()];
  const inputs = (request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>;
  if (type !== 'pulumi:pulumi:Stack') registered.push({ type, name, protect: request.getProtect() ?? false, inputs });
  const response = new RegisterResourceResponse();
  response.setUrn(`urn:pulumi:stack::project::${type}::${name}`);
  response.setId(`id-of-${name}`);
  const outputs = { ...inputs, arn: `\${${name}.arn}`, keyId: `\${${name}.keyId}` };
  response.setObject(Struct.fromJavaScript(outputs));
  return response;
}

function answer<Request, Response>(respond: (request: Request) => Response): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    callback(null, respond(call.request));
  };
}
