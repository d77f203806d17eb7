import type { ModelsState } from '#core/engine/engine-api.ts';
import type { ModelKey, ModelTask } from '#core/models/model-manifest.ts';
import type { TextEnd, TextRequest } from '#core/generate/text-model.ts';
import type { NewFile } from '#core/engine/engine-api.ts';
import type { Coordination, PeerMessage } from '../../coordination/coordination.ts';
import { createLeaderLink, type LeaderLink } from '../../coordination/leader-link.ts';
import type { LeaderMethods } from '../../coordination/serve-leader.ts';
import type { ModelDesk } from '../model-desk.ts';
import type { ModelCalls, ModelMethod } from '../supervisor/model-worker-protocol.ts';
import type { CallOptions, SupervisedModel } from '../supervisor/supervised-model.ts';
import type { GivenFile } from '../store/model-store.ts';
import { nothingInService, type InService, type ServedModelFacts } from './in-service.ts';
import type { ModelHost } from './model-host.ts';

/** A model in service as this engine uses it, wherever it runs. */
export type LinkedModel = Pick<SupervisedModel, 'call' | 'stream' | 'state'>;

/**
 * Models as one engine of several sees them: acts and calls go to the engine that leads, which alone holds them, and its
 * state comes back. `listen` is told what is in service now and whenever it changes.
 */
export type EngineModels = ModelDesk & {
  listen: (listener: ModelsListener) => void;
  /** Resolves when the engine that leads has told what is in service. */
  known: () => Promise<void>;
  /** This engine leads: its host serves all. */
  lead: () => void;
  reportIndexed: (progress: { done: number; total: number } | undefined) => void;
  linked: (facts: ServedModelFacts) => LinkedModel;
};

export type ModelsListener = {
  onState: (state: ModelsState) => void;
  onInService: (models: InService) => void;
  /** What a person's choices could not be kept for. */
  onTrouble: (thrown: unknown) => void;
};

/** `createHost` is given where its events go. The host does nothing unless this engine comes to lead. */
export function createEngineModels(coordination: Coordination, createHost: (events: ModelsListener) => ModelHost): EngineModels {
  let state: ModelsState = { models: [], canAskHub: true };
  let served: InService = nothingInService;
  let listener: ModelsListener = { onState: () => undefined, onInService: () => undefined, onTrouble: () => undefined };

  const takeState = (next: ModelsState): void => {
    state = next;
    listener.onState(next);
  };
  let isKnown: () => void = () => undefined;
  const known = new Promise<void>((resolve) => (isKnown = resolve));
  const takeServed = (next: InService): void => {
    served = next;
    isKnown();
    listener.onInService(next);
  };
  const host = createHost({
    onState: (next) => {
      takeState(next);
      coordination.post({ kind: 'event', event: { kind: 'models', models: next } });
    },
    onInService: (next) => {
      if (JSON.stringify(next) === JSON.stringify(served)) return;
      takeServed(next);
      coordination.post({ kind: 'in-service', models: next });
    },
    onTrouble: (thrown) => listener.onTrouble(thrown),
  });
  const link = createLeaderLink(coordination, methodsOf(host));
  const act = async (method: string, ...args: unknown[]): Promise<void> => void (await link.call(method, args));

  coordination.onMessage((message: PeerMessage) => {
    if (message.kind === 'event' && message.event.kind === 'models') state = message.event.models;
    else if (message.kind === 'in-service') takeServed(message.models);
  });

  return {
    read: () => state,
    known: () => known,
    listen: (next) => {
      listener = next;
      // An engine that joins late has missed what the leader told.
      void link.call('read', []).then((read) => {
        const now = read as { state: ModelsState; models: InService };
        takeState(now.state);
        takeServed(now.models);
      }, () => undefined);
    },
    lead: () => {
      link.lead();
      void host.start();
    },
    reportIndexed: (progress) => host.reportIndexed(progress),
    linked: (facts) => linkTo(link, facts),
    installModel: (key) => act('install', key),
    pauseModel: (key) => act('pause', key),
    cancelModel: (key) => act('cancel', key),
    removeModel: (key) => act('remove', key),
    repairModel: (key) => act('repair', key),
    importModels: async (files: NewFile[]) => (await link.call('import', [files.map(({ file, name, path }): GivenFile => ({ file, path: path ?? name }))])) as ModelKey[],
    chooseModel: (task, key) => act('choose', task, key),
    retryModel: (key) => act('retry', key),
  };
}

function methodsOf(host: ModelHost): LeaderMethods {
  const ready = async (): Promise<ModelHost> => {
    await host.start();
    return host;
  };
  const byKey = (act: (host: ModelHost, key: ModelKey) => Promise<void>) => async ([key]: unknown[]) => act(await ready(), key as ModelKey);
  return {
    calls: {
      read: async () => {
        await ready();
        return { state: host.read(), models: host.inService() };
      },
      install: byKey((one, key) => one.install(key)),
      pause: byKey((one, key) => one.pause(key)),
      cancel: byKey((one, key) => one.cancel(key)),
      remove: byKey((one, key) => one.remove(key)),
      repair: byKey((one, key) => one.repair(key)),
      retry: byKey((one, key) => one.retry(key)),
      import: async ([files]) => (await ready()).importFiles(files as GivenFile[]),
      choose: async ([task, key]) => (await ready()).choose(task as ModelTask, key as ModelKey | undefined),
      model: async ([facts, method, args, isUrgent], signal) =>
        (await ready()).running.call(facts as ServedModelFacts, method as ModelMethod, args as ModelCalls[ModelMethod]['args'], { signal, isUrgent: isUrgent === true }),
    },
    streams: {
      text: async function* ([key, request], signal) {
        return yield* (await ready()).running.stream(key as ModelKey, request as TextRequest, signal);
      },
    },
  };
}

function linkTo(link: LeaderLink, { key, profile, speed }: ServedModelFacts): LinkedModel {
  const facts = { key, profile };
  return {
    state: { phase: 'ready', profile, speed, loadMs: 0, slower: [], attempts: [] },
    call: async <Method extends ModelMethod>(method: Method, args: ModelCalls[Method]['args'], options?: CallOptions) =>
      (await link.call('model', [facts, method, args, options?.isUrgent], options?.signal)) as ModelCalls[Method]['result'],
    stream: async function* (_method, request, signal) {
      return (yield* link.stream('text', [key, request], signal ?? new AbortController().signal) as AsyncGenerator<string, TextEnd, undefined>);
    },
  };
}
