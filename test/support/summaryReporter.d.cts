import { reporters } from 'mocha';

declare class SummaryReporter extends reporters.Spec {}
export = SummaryReporter;
