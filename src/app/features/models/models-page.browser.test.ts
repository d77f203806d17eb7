import axe from 'axe-core';
import { h, render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ModelState } from '#core/models/model-state.ts';
import { AppContext, type App } from '../../app-context.ts';
import { createApp } from '../../create-app.ts';
import { createFakeEngine } from '../../test-engine/fake-engine.ts';
import '../../ui/tokens.css';
import '../../ui/base.css';
import '../../ui/controls.css';
import { Shell } from '../shell/shell.tsx';

let app: App;
let root: HTMLElement;

async function open({ stepMs = 2, canAskHub = true } = {}): Promise<void> {
  app = createApp(createFakeEngine({ stepMs, canAskHub }));
  app.router.navigate({ page: 'models' }, { replace: true });
  render(h(AppContext.Provider, { value: app }, h(Shell, null)), root);
  await app.library.open(app.engine, app.fail);
  await expect.element(page.getByRole('heading', { name: 'Search by meaning' })).toBeInTheDocument();
}

beforeEach(async () => {
  await page.viewport(1280, 860);
  localStorage.clear();
  root = document.body.appendChild(document.createElement('div'));
});

afterEach(() => {
  render(null, root);
  root.remove();
  app.router.dispose();
});

const card = (title: string) => page.getByRole('article', { name: title, exact: true });
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const model = (title: string): ModelState => app.library.models.value.models.find((one) => one.title === title)!;

async function violations(): Promise<string[]> {
  const { violations: found } = await axe.run(root, { rules: { 'document-title': { enabled: false }, 'html-has-lang': { enabled: false } } });
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

describe('the Models page', () => {
  it('says in one line what this device does now and what written answers need', async () => {
    await open();
    await expect.element(page.getByText('8 cores, no WebGPU. Search and quoted answers work now; written answers need a 129 MB model.')).toBeVisible();
    expect(await violations()).toEqual([]);
  });

  it('downloads with progress, pauses, resumes and starts what was downloaded', async () => {
    await open({ stepMs: 25 });
    const title = 'all-MiniLM-L6-v2';
    await press(`Install ${title}`);
    await expect.element(card(title).getByText('Downloading')).toBeVisible();
    await expect.element(card(title).getByRole('progressbar', { name: `${title}, downloaded` })).toBeVisible();
    await expect.element(card(title).getByText(/^\d+\.\d of 23 MB$/)).toBeVisible();
    await expect.element(card(title).getByText(/^4\.2 MB\/s · \d s left$/)).toBeVisible();
    await press(`Pause ${title}`);
    await expect.element(card(title).getByText('Paused')).toBeVisible();
    expect(await violations()).toEqual([]);
    const { storedBytes } = model(title);
    expect(storedBytes).toBeGreaterThan(0);
    await press(`Resume ${title}`);
    await expect.element(card(title).getByText(/^Running/)).toBeVisible();
    await expect.element(card(title)).toHaveTextContent(/Running on the processor, 2 threads · chosen.*Passages by this model: [\d,]+ of 1,204; until then the built-in model searches\./);
    await vi.waitFor(() => expect(card(title).element().textContent).toContain('Running on the processor, 2 threads · in use'), { timeout: 20_000 });
    await expect.element(card(title)).toHaveTextContent('61 passages/s');
    await expect.element(card('Built-in word vectors')).toHaveTextContent('part of Alcove');
    expect(await violations()).toEqual([]);
  });

  it('moves no card while one goes from its first byte to its last passage', async () => {
    await open({ stepMs: 5 });
    await press('Install all-MiniLM-L6-v2');
    await vi.waitFor(() => expect(model('all-MiniLM-L6-v2').phase).toBe('downloading'));
    const below = card('SmolLM2 135M Instruct').element();
    const places = new Set<number>();
    const end = app.library.models.subscribe(() => { requestAnimationFrame(() => places.add(Math.round(below.getBoundingClientRect().top))); });
    await vi.waitFor(() => expect(model('all-MiniLM-L6-v2').indexed).toEqual({ done: 1_204, total: 1_204 }), { timeout: 20_000 });
    end();
    expect([...places]).toHaveLength(1);
  });

  it('lets a person choose what a task uses, and go back to what needs no model', async () => {
    await open();
    await press('Install all-MiniLM-L6-v2');
    await press('Stop using all-MiniLM-L6-v2');
    await expect.element(card('all-MiniLM-L6-v2').getByText('Installed', { exact: true })).toBeVisible();
    await expect.element(card('Built-in word vectors').getByText('Installed · in use')).toBeVisible();
    await press('Use all-MiniLM-L6-v2');
    await press('Use Built-in word vectors');
    await expect.element(page.getByRole('button', { name: 'Use all-MiniLM-L6-v2', exact: true })).toBeVisible();
  });

  it('asks before it removes a model, and gives the focus back to who keeps it', async () => {
    await open();
    await press('Install all-MiniLM-L6-v2');
    await press('Remove all-MiniLM-L6-v2');
    await expect.element(page.getByRole('group', { name: 'Remove all-MiniLM-L6-v2? Bringing it back means downloading 23 MB again.' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Remove it' })).toHaveFocus();
    await press('Keep it');
    await expect.element(page.getByRole('button', { name: 'Remove all-MiniLM-L6-v2', exact: true })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await press('Remove it');
    await expect.element(page.getByRole('button', { name: 'Install all-MiniLM-L6-v2', exact: true })).toBeVisible();
  });

  it('says why a model failed, with the code behind Details, and repairs it or tries again', async () => {
    await open();
    await press('Install Qwen2.5 0.5B Instruct');
    await expect.element(card('Qwen2.5 0.5B Instruct').getByRole('alert')).toHaveTextContent(/A file of the model is not what its publisher lists.*Nothing you saved is lost\. Choose Repair/);
    await card('Qwen2.5 0.5B Instruct').getByText('Details').click();
    await expect.element(card('Qwen2.5 0.5B Instruct').getByText('model/corrupt')).toBeVisible();
    await expect.element(card('Qwen2.5 0.5B Instruct')).toHaveTextContent('on the processor, 2 threads, q8: onnx/model_quantized.onnx is not what its hash says');
    expect(await violations()).toEqual([]);
    await press('Repair Qwen2.5 0.5B Instruct');
    await expect.element(card('Qwen2.5 0.5B Instruct').getByText(/^Running/)).toBeVisible();
    await press('Install Accepted 1B');
    await press('Use Accepted 1B');
    await press('Try again Accepted 1B');
    await expect.element(card('Accepted 1B').getByRole('alert')).toHaveTextContent('The model needs more memory than this device gives to a page.');
  });

  it('names what is not for this device, what must be accepted, and what small models are worth', async () => {
    await open();
    await expect.element(card('Qwen3 1.7B')).toHaveTextContent('Not for this device: it needs WebGPU, which this browser does not offer here.');
    expect(card('Qwen3 1.7B').getByRole('button').elements()).toHaveLength(0);
    await expect.element(card('Accepted 1B')).toHaveTextContent('By pressing Install you accept the Community Licence.');
    const licence = card('Accepted 1B').getByRole('link', { name: 'Community Licence' }).element();
    expect([licence.getAttribute('href'), licence.getAttribute('target'), licence.getAttribute('rel')]).toEqual(['https://licence.example/community', '_blank', 'noopener noreferrer']);
    await expect.element(card('SmolLM2 135M Instruct')).toHaveTextContent('Too small to be trusted');
  });

  it('offers two exports of a model in one card, and none of the hub where the server keeps it off', async () => {
    await open();
    expect(page.getByRole('article', { name: 'all-MiniLM-L6-v2' }).elements()).toHaveLength(1);
    await expect.element(page.getByRole('button', { name: 'Install from the hub: all-MiniLM-L6-v2' })).toBeVisible();
    render(null, root);
    app.router.dispose();
    await open({ canAskHub: false });
    expect(page.getByRole('button', { name: /Install from the hub/ }).elements()).toHaveLength(0);
    await expect.element(card('granite-embedding 97M multilingual')).toHaveTextContent('This server keeps the hub off. Import it from files instead.');
    expect(card('granite-embedding 97M multilingual').getByRole('button').elements()).toHaveLength(0);
  });

  it('imports models from files and refuses what is none', async () => {
    await open();
    const give = async (...names: string[]) => {
      const input = page.getByLabelText('Import from files').element() as HTMLInputElement;
      const transfer = new DataTransfer();
      for (const name of names) transfer.items.add(new File(['x'], name));
      input.files = transfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    };
    await give('granite-embedding-97m-multilingual-r2.zip');
    await expect.element(page.getByText('1 model imported: granite-embedding 97M multilingual')).toBeVisible();
    await expect.element(card('granite-embedding 97M multilingual').getByText('Installed', { exact: true })).toBeVisible();
    await give('notes.txt');
    await expect.element(page.getByRole('alert')).toHaveTextContent(/not one that Alcove understands/);
  });

  it('is at hand in the palette', async () => {
    await open();
    await userEvent.keyboard('{Control>}k{/Control}');
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('install smol');
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(model('SmolLM2 135M Instruct').phase).not.toBe('available'));
  });

  it.each([360, 800])('needs no sideways scrolling at %i px', async (width) => {
    await page.viewport(width, 740);
    await open();
    await press('Install Qwen2.5 0.5B Instruct');
    await expect.element(card('Qwen2.5 0.5B Instruct').getByRole('alert')).toBeInTheDocument();
    const scroller = document.querySelector('.page')!;
    expect(scroller.scrollWidth).toBeLessThanOrEqual(scroller.clientWidth);
    expect(await violations()).toEqual([]);
  });
});
