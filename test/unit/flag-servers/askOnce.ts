// A program that asks one question over our HTTP and prints what came of it: settings of a process need a process.

import { RequestFailed } from '../../../server/src/sources/http/http.ts';
import { createNodeHttp } from '../../../server/src/sources/http/nodeHttp.ts';

const http = createNodeHttp({ now: Date.now, strictCertificates: process.env.STRICT !== 'no' });
http.send({ method: 'GET', url: process.env.URL_TO_ASK ?? '', headers: { authorization: 'secret' } }).then(
  answer => console.log(answer.status, answer.text),
  (error: unknown) => console.log(error instanceof RequestFailed ? JSON.stringify(error.failure) : error),
);
