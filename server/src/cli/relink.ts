/** What links changed files again, for the small program that answers a scan by what the last one left (`quickScan.ts`). */
export { relinkAgain } from '../sources/project/relinkAgain.ts';
