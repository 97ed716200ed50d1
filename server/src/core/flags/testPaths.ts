/** Which files are tests, by the naming habits of the languages Flagbook reads. */

const TEST_PATH =
  /(?:^|\/)(?:tests?|(?:android|common|integration|ios|js|jvm|native|ui|unit)Tests?|[^/]*\.(?:unit|integration)?tests?|__tests__|__mocks__|spec|specs|e2e|testing|testdata|cypress|fixtures)\/|(?:^|\/)(?:test_[^/]*\.(?:py|rb)|conftest\.py|[^/]*_test\.(?:py|go|rb)|[^/]*_spec\.rb|[^/]*[a-z0-9](?:Tests?|IT)\.(?:java|kt|cs|php|swift)|[^/]*[.-](?:test|spec|e2e|cy|stories|mock)\.[cm]?[jt]sx?)$/i;

/** Whether code at this path is a test rather than what ships. */
export function isTestPath(path: string): boolean {
  return TEST_PATH.test(path);
}
