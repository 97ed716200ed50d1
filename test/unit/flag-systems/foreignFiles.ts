/** Files that are no flag files, written for these tests: what repositories are full of, and what only looks like flags. */

export const FOREIGN_FILES: readonly { readonly path: string; readonly text: string }[] = [
  {
    path: 'packages/app/package.json',
    text: json({
      name: 'app',
      version: '1.0.0',
      scripts: { build: 'tsc' },
      features: { search: true },
      dependencies: { flags: '^4.0.0' },
    }),
  },
  { path: 'tsconfig.json', text: `{\n  // base\n  "compilerOptions": { "strict": true },\n  "include": ["src"],\n}\n` },
  {
    path: 'package-lock.json',
    text: json({
      name: 'app',
      lockfileVersion: 3,
      packages: { '': { name: 'app' }, 'node_modules/x': { version: '1.0.0' } },
    }),
  },
  {
    path: 'pnpm-lock.yaml',
    text: `lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      zod:\n        specifier: ^4.0.0\n        version: 4.0.1\n`,
  },
  {
    path: 'openapi.yaml',
    text: `openapi: 3.1.0\ninfo: { title: Flags, version: "1" }\npaths:\n  /flags:\n    get:\n      responses: { "200": { description: ok } }\ncomponents:\n  schemas:\n    Flag:\n      type: object\n      required: [key, state, variants]\n      properties:\n        key: { type: string }\n        enabled: { type: boolean }\n        variants: { type: array }\n`,
  },
  {
    path: 'openapi.json',
    text: json({
      openapi: '3.1.0',
      info: { title: 'Flags', version: '1' },
      paths: { '/features': { get: { responses: {} } } },
      components: {
        schemas: { feature: { properties: { defaultValue: {}, rules: {}, strategies: {}, variations: {} } } },
      },
    }),
  },
  {
    path: 'k8s/deployment.yaml',
    text: `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\n  labels: { feature: new-checkout }\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: shop\n          image: shop:1\n          env:\n            - name: FEATURE_X\n              value: "true"\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: flags\ndata:\n  flags.json: |\n    {"flags": {}}\n`,
  },
  {
    path: 'docker-compose.yml',
    text: `services:\n  flagd:\n    image: flagd\n    command: ["start", "--uri", "file:/flags/a.flagd.json"]\n    environment:\n      - FEATURES=on\n  db:\n    image: postgres\nvolumes:\n  data: {}\n`,
  },
  {
    path: '.github/workflows/ci.yml',
    text: `name: ci\non: [push]\njobs:\n  test:\n    strategy:\n      matrix:\n        node: [20, 22]\n    steps:\n      - name: checkout\n        uses: actions/checkout\n`,
  },
  {
    path: 'schema.json',
    text: json({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { flags: { type: 'object' }, features: { defaultValue: {} }, variations: {}, defaultRule: {} },
    }),
  },
  {
    path: 'locales/en.json',
    text: json({ features: { title: 'Features', text: 'Many' }, flags: { SE: 'Sweden', NO: 'Norway' } }),
  },
  {
    path: 'composer.json',
    text: json({ name: 'shop/shop', require: { php: '^8.3' }, autoload: { 'psr-4': { App: 'src' } } }),
  },
  {
    path: 'appsettings.json',
    text: json({
      Logging: { LogLevel: { Default: 'Information' } },
      ConnectionStrings: { Default: 'x' },
      AllowedHosts: '*',
    }),
  },
  {
    path: 'data/experiments.json',
    text: json({ experiments: [{ key: 'a', status: 'Running', variations: [{ key: 'x' }] }], version: '4' }),
  },
  {
    path: 'geo/features.json',
    text: json({ type: 'FeatureCollection', features: [{ type: 'Feature', geometry: {}, properties: { name: 'x' } }] }),
  },
  {
    path: 'prometheus/alerts.yml',
    text: `groups:\n  - name: shop\n    rules:\n      - alert: PayDown\n        expr: up == 0\n        labels: { severity: page }\n`,
  },
  {
    path: 'mkdocs.yml',
    text: `site_name: Shop\ntheme:\n  name: material\n  features:\n    - navigation.tabs\nplugins:\n  - search\n`,
  },
  {
    path: 'countries.json',
    text: json([
      { name: 'Sweden', flag: 'se', owners: [] },
      { name: 'Norway', flag: 'no' },
    ]),
  },
  { path: 'composer.yaml', text: `- name: a\n  value: 1\n- name: b\n  default: true\n` },
  {
    path: 'issue.yml',
    text: `name: Bug report\ndescription: Something is broken\ntitle: "bug: "\nlabels: [bug]\nbody:\n  - type: markdown\n`,
  },
  {
    path: 'chart/Chart.yaml',
    text: `apiVersion: v2\nname: shop\ntype: application\nversion: 1.2.3\ndescription: The shop\n`,
  },
  { path: 'geometry.json', text: json({ f: { t: 1, v: 2 }, p: [1, 2], s: 'x' }) },
  { path: 'src/readme.split', text: '' },
];

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
