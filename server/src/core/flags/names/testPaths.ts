/** Which files are tests, by the naming habits of the languages Flagbook reads. */

const TEST_PATH =
  /(?:^|\/)(?:tests?|(?:android|common|integration|ios|js|jvm|native|ui|unit)Tests?|[^/]*\.(?:unit|integration)?tests?|__tests__|__mocks__|spec|specs|e2e|testing|testdata|cypress|fixtures)\/|(?:^|\/)(?:test_[^/]*\.(?:py|rb|cc|cpp|cxx)|conftest\.py|[^/]*_tests?\.(?:py|go|rb|rs|cc|cpp|cxx|mm|h)|tests\.rs|[^/]*_(?:api|browser|perf|ui|unit)tests?\.(?:cc|cpp|cxx|mm|h)|[^/]*_spec\.rb|[^/]*[.-](?:test|spec|e2e|cy|stories|mock)\.[cm]?[jt]sx?)$/i;

/** Names whose words begin with capitals: `latest.cs` is no test. */
const TEST_NAME = /[a-z0-9](?:(?:Tests?|IT)\.(?:java|kt|cs|php|swift|cc|cpp|mm)|(?:Tests?|IT|Specs?|Suite)\.scala)$/;

/** Whether code at this path is a test rather than what ships. */
export function isTestPath(path: string): boolean {
  return TEST_PATH.test(path) || TEST_NAME.test(path);
}
