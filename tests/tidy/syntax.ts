/** What must be read as code, not as text: `any` in a sentence is English. */
import ts from 'typescript';
import type { Complaint } from './rules.ts';

const BUILDER = new Set([
  'select',
  'selectDistinct',
  'insert',
  'update',
  'delete',
  'findMany',
  'findFirst',
  '$count',
]);
const EXECUTE = new Set(['all', 'get', 'run']);
const DATABASE = /^(db|tx|database|reader|writer)$/i;
const TESTS = /^(test|it|describe|bench|suite)$/;
const LEFT_OUT = /^(only|skip|todo)$/;

/** The names of the calls before this one: `db.select().from(x)` → ['from', 'select', 'db']. */
function chainOf(expression: ts.Expression): string[] {
  if (ts.isCallExpression(expression) || ts.isNonNullExpression(expression))
    return chainOf(expression.expression);
  if (ts.isPropertyAccessExpression(expression))
    return [expression.name.text, ...chainOf(expression.expression)];
  return ts.isIdentifier(expression) ? [expression.text] : [];
}

/** `db.select()….all()` exists only on SQLite's driver; awaiting the builder works on both engines. */
function isOneEngineQuery(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  if (!EXECUTE.has(node.expression.name.text)) return false;
  const [receiver = '', ...before] = chainOf(node.expression.expression);
  const chain = [receiver, ...before];
  // better-sqlite3's own statements, in the SQLite store: `database.prepare(…).all()`.
  if (chain.includes('prepare')) return false;
  const ofDatabase = chain.some((name) => DATABASE.test(name));
  return DATABASE.test(receiver) || (ofDatabase && chain.some((name) => BUILDER.has(name)));
}

function isLeftOutTest(node: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(node) || !LEFT_OUT.test(node.name.text)) return false;
  return TESTS.test(chainOf(node.expression).at(-1) ?? '');
}

function isRelativeWithoutEnding(node: ts.Node): boolean {
  if (!ts.isImportDeclaration(node) && !ts.isExportDeclaration(node)) return false;
  const from = node.moduleSpecifier;
  if (from === undefined || !ts.isStringLiteral(from)) return false;
  // SvelteKit makes ./$types itself; there is no such file.
  if (from.text === './$types') return false;
  return /^\.{1,2}(\/|$)/.test(from.text) && !/\.(ts|js|cjs|mjs|json|svelte)$/.test(from.text);
}

function isAny(node: ts.Node): boolean {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return true;
  // zod's any(): whatever it lets in has no type afterwards.
  return (
    ts.isPropertyAccessExpression(node) && node.name.text === 'any' && chainOf(node.expression).at(-1) === 'z'
  );
}

export function checkSyntax(path: string, text: string): Complaint[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const complaints: Complaint[] = [];
  const complain = (node: ts.Node, what: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    complaints.push(`${path}:${line + 1}: ${what}`);
  };
  const visit = (node: ts.Node): void => {
    if (isAny(node)) complain(node, 'the type "any"');
    if (isLeftOutTest(node)) complain(node, 'a test that is left out, or leaves others out');
    if (isOneEngineQuery(node)) complain(node, 'a query that only SQLite can run; await the builder');
    if (isRelativeWithoutEnding(node)) complain(node, 'a relative import without its file ending');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return complaints;
}
