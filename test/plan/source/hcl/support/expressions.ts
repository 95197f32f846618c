const OPERATORS = ["||", "&&", "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%"] as const;

/** Every pair of operators: how tightly they bind, and from which side they combine. */
const PAIRS = OPERATORS.flatMap((first) => OPERATORS.map((second) => `a ${first} b ${second} c`));

const REFERENCES = [
  "a", "var.x", "x-y.z_1", "count.index-1", "each.key", "a.b.c.d", "a.0", "a.0.b", "a.1.0", "a.b[0]", 'a["k"].b', "a[b]", "a[b].c[d]",
  "a[0][1]", "a[-1]", 'a["${b}"]', 'a["x${b}"]', "(a)[0]", "(a).b", "f(x)[0].b", "[1, 2][0]", '{ a = 1 }["a"]', '"s".length', "a [0]", "a .b",
  "a. b", "(a\n.b)", "(a\n[0])", "é.ü", "名.b", "_a", "a[each.key == \"a\" ? \"b\" : \"a\"].id", "module.m[0].out", "data.t.n.id", "for.x", "a.for",
  "a.true", "true.a", "null.a", "iffy", "inner", "module.m.ids[\"a\"]",
]; // prettier-ignore

const SPLATS = [
  "a[*]", "a.*", "a[*].b", "a.*.b", "a[*].b[0]", "a.*.b[0]", "a.*.b.c[0].d", "a[*].b[*].c", "a[*].b.*.c", "a.*.0.b", "a.*.b.0[1]", "a.b[*].c[d].e",
  "f(a)[*].b", "(a[*].b)[0]", "a.*.b.*", "a[*][0]", "a[*][*]", "a[ * ]", "a[*].0", "a[*] .b", "one(a[*].id)", "a.*[0]", "a[*].b + 1",
]; // prettier-ignore

const COLLECTIONS = [
  "[]", "[1]", "[1,]", "[1, 2,\n3]", "[\n1,\n2\n]", "[,]", "[1 2]", "[1, [2, [3]]]", "{}", "{ a = 1 }", "{ a : 1 }", "{ a = 1, b = 2 }",
  "{ a = 1, }", "{\na = 1\nb = 2\n}", "{ (a) = 1 }", '{ "a" = 1 }', '{ "a${b}" = 1 }', '{ "${b}" = 1 }', "{ 1 = 2 }", "{ true = 1, null = 2 }", "{ a = 1 b = 2 }",
  "{ a = { b = [1, { c = d }] } }", "{ a }", "{ a = }", "{ = 1 }", "{ a[b] = 1 }", "{ (a.b) = 1 }", "{ f(x) = 1 }", "{ a = (\n1\n) }", "{ a = [\n1\n] }",
  "{ a =\n1 }", "{ a\n= 1 }", "{\n\n\na = 1\n\n}", "{ a = 1 # c\n b = 2 // d\n c = 3 /* e\n */ }", "[1, # c\n2]", "{ -1 = 2 }", "[{}, {}]", "{ a-b = 1, é = 2 }",
  "{ a = b ? c : d }", "{ (a) : 1, (b) : 2 }", '{ "a" : "b", "c" : "d" }', "{ for = 1 }", '{ "for" = 1 }', "{ a = for }",
]; // prettier-ignore

const LOOPS = [
  "[for x in a : x]", "[for k, v in a : v]", "[for x in a : x if x]", "{ for x in a : x => x }", "{ for k, v in a : k => v if v }", "{ for x in a : x.b => x... }",
  "{ for x in a : x.b => x... if c }", "[for x in a : x...]", "[for x in a : x => x]", "{ for x in a : x }", "[for x a : x]", "[for in a : x]", "[for x in a x]",
  "[for x in a : [for y in x : y]]", "[\nfor\nx\nin\na\n:\nx\n]", "{\nfor x in a :\nx => x\n}", "[for var in a : var.b]", "[for if in a : if if if]", "[for for in a : for]",
  "[for in in in : in]", "[for x in [for y in a : y] : x]", "{ for k, v in { a = 1 } : upper(k) => v }", "[for x, y, z in a : x]", "[for x in a ? b : c : x]",
  "[for x in a : x][0]", "[for x in a : x].*.b", "{ for x in a : x.id => x }[\"k\"]", "[for x in a[*].b : x.c]",
]; // prettier-ignore

const CALLS = [
  "f()", "f(a)", "f(a, b)", "f(a, b,)", "f(a...)", "f(a, b...)", "f(a..., b)", "f(...)", "f(,)", "f(a b)", "f (a)", "f\n(a)", "(f\n(a))", "f(\na,\nb\n)",
  "core::f(a)", "provider::p::f(a)", "provider :: p :: f(a)", "core::f", "::f(a)", "f::(a)", "f(g(h(a)))", "f(a)(b)", "f(a).b", "f(a)[b]", "f(-a)", "f(!a, a ? b : c)",
  "f(a,\n# c\nb)", 'merge({ a = 1 }, { b = 2 })', "coalesce(compact([a, b])...)", "f(a...\n)", "true(a)", "null::f(a)",
]; // prettier-ignore

const OTHERS = [
  "1", "0", "01", "1.5", "0.10", "1e5", "1E-2", "1.5e+3", "9007199254740993", "0.1", "1.2.3", "1.", ".5", "1e", "-1", "- 1", "--1", "!-a", "!!a", "-a.b", "-a[0]", "!a == b",
  "-a + b", "a - -b", "a-b", "a -b", "a- b", "true", "false", "null", "True", "a ? b : c", "a ? b : c ? d : e", "a ? b ? c : d : e", "(a ? b : c) ? d : e", "a == b ? c : d",
  "a ? b", "a ? : c", "a ? b : ", "a || b ? c && d : e + 1", "(a)", "((a))", "(a", "a)", "()", "(a + b) * c", "a * (b + c)", "(\na\n+\nb\n)", "a\n+ b", "a +\nb", "", " ", "a b",
  "a, b", "a = b", "a;", "a & b", "a | b", "~a", "a ^ b", "a ** b", "'a'", "`a`", "a $ b", "a @ b", "a /* c */ + b", "a # c", "a // c", "a /* c", "/* c */ a", "a\\b", "<<", "<<A",
  "a<b", "a<-b", "a<<b", "\u00a0a", "a\r", "a\r\n", "\ta\t", "“a”", "…", "a => b", "a::b", "a...", "*", "[*]", ".a", "a.", "a..b", "a.*.", "a[", "a[]", "a[0", "a]", "{", "}", "{}}",
]; // prettier-ignore

const TEMPLATES = [
  '""', '"a"', '"a\\n\\r\\t\\"\\\\"', '"\\u00e9\\U0001F600"', '"\\u00"', '"\\x"', '"\\ud800"', '"\\U00110000"', '"a', 'a"', '"a\nb"', '"${a}"', '"${ a }"', '"${~ a ~}"', '"${a}${b}"',
  '"x${a}"', '"${a}x"', '"${a} "', '" ${~ a}"', '"${"a"}"', '"${"${a}"}"', '"${a == "b" ? "c" : "d"}"', '"${{ a = 1 }}"', '"${f("}")}"', '"$${a}"', '"$$${a}"', '"$$$${a}"', '"$"', '"$$"',
  '"$a"', '"a$"', '"%"', '"%%"', '"%%{a}"', '"%a"', '"$%{if a}b%{endif}"', '"100%"', '"${a"', '"${}"', '"${a b}"', '"${a:b}"', '"${\na\n}"', '"%{if a}b%{endif}"', '"%{ if a }b%{ else }c%{ endif }"',
  '"%{~ if a ~} b %{~ endif ~}"', '"x%{if a}${b}%{else}${c}%{endif}y"', '"%{if a}%{endif}"', '"%{if a}%{if b}c%{endif}%{endif}"', '"%{if a}b"', '"%{endif}"', '"%{else}"', '"%{if a}b%{else}c%{else}d%{endif}"',
  '"%{if a}b%{endfor}"', '"%{foo}"', '"%{}"', '"%{for x in a}b%{endfor}"', '"%{for k, v in a}${k}=${v},%{endfor}"', '"%{for x in a}%{if x}b%{endif}%{endfor}"', '"%{for x in a}b"', '"%{for x a}b%{endfor}"',
  "<<A\nA\n", "<<A\nb\nA\n", "<<A\n${b}\nA\n", "<<A\n${b}A\n", "<<A\nb\n  A\n", "<<A\nb\nA", "<<A\nb\n", "<<A b\nA\n", "<<-A\n  b\n    c\n  A\n", "<<-A\n  ${b}\n c${d}\n\n A\n", "<<A\n$${b} $c %\nA\n",
  "<<A\n%{if b}\nc\n%{endif}\nA\n", "<<-A\n  %{~ if b ~}\n  c\n  %{~ endif ~}\n  A\n", "[<<A\nb\nA\n, c]", "f(<<A\nb\nA\n)", "<<A\nb\nA\n.c", "<<A\r\nb\r\nA\r\n", "<<A\n\"b\\n\nA\n", "<<é\nb\né\n", "<<A\n${<<B\nb\nB\n}\nA\n",
  '"${<<A\nb\nA\n}"', '"a" + "b"', '"a"[0]', '"é名😀"', '"\u00e9"', '"e\u0301"', '"${a}\\n"', '"\\${a}"', '"${a}$"', '"$${"', '"$${a}${b}"', '"${a.b["c"]}-${d[*].e}"', '"${1}"', '"${null}"', '"${~a}"',
]; // prettier-ignore

/** Several hundred, good and bad ones. */
export const EXPRESSIONS: readonly string[] = [
  ...PAIRS,
  ...REFERENCES,
  ...SPLATS,
  ...COLLECTIONS,
  ...LOOPS,
  ...CALLS,
  ...OTHERS,
  ...TEMPLATES,
];
