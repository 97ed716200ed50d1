import { checkChecks } from '../checks.ts';

const inPhp = (used: string, body: string): string => `
//- /src/Pay.php
<?php
use ${used};
${body}
`;

const ROWS: readonly (readonly [name: string, source: string])[] = [
  [
    'ConfigCat',
    inPhp(
      'ConfigCat\\ConfigCatClient',
      `$client = new ConfigCatClient('key');
$client->getValue('a', false, $user);
         ^^^^^^^^ a configcat literal =false`,
    ),
  ],
  [
    'Flagsmith',
    inPhp(
      'Flagsmith\\Flagsmith',
      `$flagsmith = new Flagsmith('key');
$flags = $flagsmith->getEnvironmentFlags();
$flags->isFeatureEnabled('a');
        ^^^^^^^^^^^^^^^^ a flagsmith literal`,
    ),
  ],
  [
    'GrowthBook',
    inPhp(
      'Growthbook\\Growthbook',
      `$growthbook = Growthbook::create();
$growthbook->isOn('a');
             ^^^^ a growthbook literal
$growthbook->getValue('b', 'x');
             ^^^^^^^^ b growthbook literal ="x"`,
    ),
  ],
  [
    'PostHog',
    inPhp(
      'PostHog\\PostHog',
      `PostHog::isFeatureEnabled('a', $id);
         ^^^^^^^^^^^^^^^^ a posthog literal
PostHog::getFeatureFlag(key: 'b', distinctId: $id);
         ^^^^^^^^^^^^^^ b posthog literal`,
    ),
  ],
  [
    'Statsig',
    inPhp(
      'Statsig\\StatsigServer',
      `$statsig = new StatsigServer('key', $options);
$statsig->checkGate($user, 'a');
          ^^^^^^^^^ a statsig literal
$statsig->getExperiment($user, 'b');
          ^^^^^^^^^^^^^ b statsig literal`,
    ),
  ],
  [
    'Split',
    inPhp(
      'SplitIO\\Sdk',
      `$client = Sdk::factory('key')->client();
$client->getTreatment($id, 'a');
         ^^^^^^^^^^^^ a split literal
$client->isTreatment($id, 'b', 'on');
         ^^^^^^^^^^^ b split literal`,
    ),
  ],
  [
    'Optimizely',
    inPhp(
      'Optimizely\\Optimizely',
      `$optimizely = new Optimizely($datafile);
$optimizely->createUserContext('user')->decide('a');
                                        ^^^^^^ a optimizely literal
$optimizely->isFeatureEnabled('b', 'user');
             ^^^^^^^^^^^^^^^^ b optimizely literal`,
    ),
  ],
  [
    'Eppo',
    inPhp(
      'Eppo\\EppoClient',
      `EppoClient::getInstance()->getBooleanAssignment('a', $id, [], false);
                           ^^^^^^^^^^^^^^^^^^^^ a eppo literal =false`,
    ),
  ],
  [
    'DevCycle',
    inPhp(
      'DevCycle\\Api\\DevCycleClient',
      `$client = new DevCycleClient('key');
$client->variableValue($user, 'a', false);
         ^^^^^^^^^^^^^ a devcycle literal =false
$client->variable($user, 'b', 'x');
         ^^^^^^^^ b devcycle literal ="x"`,
    ),
  ],
  [
    'Flipt',
    inPhp(
      'Flipt\\Client\\FliptClient',
      `$flipt = new FliptClient('http://localhost:8080');
$flipt->booleanValue('a', false);
        ^^^^^^^^^^^^ a flipt literal =false
$flipt->variant('b');
        ^^^^^^^ b flipt literal`,
    ),
  ],
];

describe('SDKs of PHP', () => {
  for (const [name, source] of ROWS) it(name, () => checkChecks(source));
});
