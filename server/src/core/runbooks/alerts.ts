/**
 * Prometheus alerting rules → `Alert[]`: rule files (`groups[].rules[]`), Kubernetes `PrometheusRule` resources (`spec.groups`,
 * also inside a `List`), and Grafana's provisioned rules, which have a `title` in place of `alert`. Recording rules and
 * expressions are of no interest here; where a runbook link leads is found by `links.ts`.
 * Format: https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
import { readYaml, type YamlError, type YamlNode, yamlItems, yamlText, yamlValue } from '../markdown/yamlTree.ts';
import type { Alert, Problem } from '../model.ts';

/**
 * Decodes the text of a rule file. An alert's span is its name where the rule gives it; a runbook's span is the address without
 * its quotes (where it stands as `*alias`, the alias). Never throws; broken YAML is reported and what could be read is kept.
 */
export function decodeAlerts(
  path: string,
  text: string,
): { readonly alerts: readonly Alert[]; readonly problems: readonly Problem[] } {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const { documents, errors } = readYaml(text.slice(start), start);
  const alerts = documents.flatMap(document => ruleHolders(document)).flatMap(holder => alertsOf(holder, path));
  // A Helm chart's template is not YAML before it is rendered: its author is not to be told to mend it.
  const template = /^[ \t]*\{\{/m.test(text);
  return { alerts, problems: errors.map(error => syntaxProblem(error, path, template)) };
}

const runbookKeys = ['runbook_url', 'runbookUrl', 'runbook-url', 'runbook', 'runbookURL'];

function ruleHolders(document: YamlNode): readonly YamlNode[] {
  const items = yamlValue(document, 'items');
  const resources = items === null ? [document] : yamlItems(items);
  return resources.flatMap(resource => {
    const spec = yamlValue(resource, 'spec');
    return spec === null ? [resource] : [resource, spec];
  });
}

function alertsOf(holder: YamlNode, path: string): readonly Alert[] {
  return yamlItems(yamlValue(holder, 'groups')).flatMap(group =>
    yamlItems(yamlValue(group, 'rules')).flatMap(rule => alertOf(rule, path) ?? []),
  );
}

function alertOf(rule: YamlNode, path: string): Alert | null {
  const isGrafana = yamlValue(rule, 'condition') !== null && yamlValue(rule, 'data') !== null;
  const nameNode = yamlValue(rule, 'alert') ?? (isGrafana ? yamlValue(rule, 'title') : null);
  const name = yamlText(nameNode);
  if (nameNode === null || name === null) return null;
  const annotations = yamlValue(rule, 'annotations');
  const runbookNode = runbookKeys.map(key => yamlValue(annotations, key)).find(node => yamlText(node) !== null) ?? null;
  const target = yamlText(runbookNode);
  return {
    name,
    path,
    span: nameNode.span,
    summary: yamlText(yamlValue(annotations, 'summary')) ?? yamlText(yamlValue(annotations, 'description')),
    runbook: runbookNode === null || target === null ? null : { target, span: runbookNode.span },
  };
}

function syntaxProblem(error: YamlError, path: string, template: boolean): Problem {
  return {
    code: template ? 'alerts/template' : 'alerts/syntax',
    severity: template ? 'note' : 'error',
    message: template
      ? 'This file is a template, not YAML; Flagbook reads only the alerts it can make out.'
      : `${error.message.replace(/\.$/, '')}. Mend the YAML here, or alerts of this file may be missing.`,
    place: { path, span: error.span },
  };
}
