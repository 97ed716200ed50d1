import { checkChecks } from '../checks.ts';

describe('Rox', () => {
  it('asks its dynamic API by the key', () =>
    checkChecks(`
      //- /a.ts
      import Rox from 'rox-browser';
      Rox.dynamicApi.isEnabled('ui.banner', false, context);
                     ^^^^^^^^^ ui.banner rox literal =false
      Rox.dynamicApi.value('ui.color', 'red');
                     ^^^^^ ui.color rox literal ="red"
      const banner = new Rox.Flag(false);
      banner.isEnabled(context);
      //- /b.ts
      import { dynamicApi } from 'rox-node';
      dynamicApi.getNumber('ui.size', 12);
                 ^^^^^^^^^ ui.size rox literal =12
    `));
});
