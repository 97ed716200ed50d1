// A program that asks one question over our HTTP and prints what came of it: settings of a process need a process.

import { failureText, RequestFailed } from '../../server/src/sources/http/http.ts';
import { createNodeHttp } from '../../server/src/sources/http/nodeHttp.ts';

const { STRICT, SYSTEM } = process.env;
const http = createNodeHttp({
  now: Date.now,
  strictCertificates: STRICT !== 'no',
  systemCertificates: SYSTEM !== 'no',
});
http.send({ method: 'GET', url: process.env.URL_TO_ASK ?? '', headers: { authorization: 'secret' } }).then(
  answer => console.log(answer.status, answer.text),
  (error: unknown) => {
    if (!(error instanceof RequestFailed)) return console.log(error);
    console.log(JSON.stringify(error.failure), failureText(error.failure, 'Unleash', 'https://flags.example.test'));
  },
);
