package dev.belfry.web.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What can be wrong with a document or with the request that brings it, made for an
 * operation of each kind, with the code that it must be answered with.
 */
final class Mistakes {

	private static final JsonMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	/** The field with all that it needs, and maybe with directives. */
	private static final Pattern ROOT = Pattern.compile("\\{root([^}]*)}");

	/** Answered without errors. */
	static final String NONE = "";

	static final String PARSE = "GRAPHQL_PARSE_FAILED";

	static final String INVALID = "GRAPHQL_VALIDATION_FAILED";

	/** No request at all. */
	static final String INPUT = "BAD_USER_INPUT";

	private final Operation operation;

	private final List<Mistake> all = new ArrayList<>();

	private Mistakes(Operation operation) {
		this.operation = operation;
	}

	static Stream<Mistake> of(Operation operation) {
		Mistakes mistakes = new Mistakes(operation);
		mistakes.unreadable();
		mistakes.unknown();
		mistakes.fragments();
		mistakes.directives();
		mistakes.leftOut();
		mistakes.roots();
		mistakes.names();
		mistakes.variables();
		mistakes.requests();
		return mistakes.all.stream();
	}

	private void unreadable() {
		document(PARSE, "");
		document(PARSE, " ");
		document(PARSE, "#");
		document(PARSE, "{kind}");
		document(PARSE, "{kind} {");
		document(PARSE, "{kind} {}");
		document(PARSE, "{kind} { {root}");
		document(PARSE, "{kind} { {root} } }");
		document(PARSE, "{kind} { {root} } garbage");
		document(PARSE, "{kind} { {field}(\"x\") }");
		document(PARSE, "{kind} { {field}() }");
		document(PARSE, "{kind} { {root} } \"");
		document(PARSE, "{kind}($) { {root} }");
		document(PARSE, "{kind}() { {root} }");
		document(PARSE, "{kind} { ... }");
		document(PARSE, "{kind} { {root} } fragment on on {type} { __typename }");
		document(PARSE, "{kind} { {root} } \u0000");
		document(PARSE, "{kind} { {root} } \ud800");
		document(PARSE, "{kind} { {field}{arguments} @ { {leaf} } }");
		document(PARSE, "{kind} " + "{ a ".repeat(600) + "}".repeat(600));
		document(PARSE, "{kind} { {root} " + "a ".repeat(20_000) + "}");
		document(PARSE, "{kind} { a(b: " + "9".repeat(2_000) + ") }");
		document(PARSE, "{kind} { a(b: " + "[".repeat(600) + ") }");
	}

	private void unknown() {
		document(INVALID, "{kind} { nothing }");
		document(INVALID, "{kind} { {field}{arguments} { nothing } }");
		document(INVALID, "{kind} { {field}{arguments} { {leaf} { nothing } } }");
		document(INVALID, "{kind} { {field}{arguments} }");
		document(INVALID, "{kind} { {field}(nothing: 1) { {leaf} } }");
		document(INVALID, "{kind} { {field}(nothing: 1, nothing: 2) { {leaf} } }");
		document(INVALID, "{kind} { {field}(nothing: $v) { {leaf} } }");
		document(INVALID, "{kind}($v: Nothing) { {root} }");
		document(INVALID, "{kind}($v: Nothing!) { {root} }");
		document(INVALID, "{kind}($v: Account) { {root} }");
		document(INVALID, "{kind}($v: Int = \"x\") { {root} }");
		document(INVALID, "{kind}($v: Int) { {root} }");
		document(INVALID, "{kind}($v: Boolean!, $v: Boolean!) { {root @include(if: $v)} }");
		document(INVALID, "{kind} { {root @include(if: $v)} }");
		document(INVALID, "{kind} { a: {root} a: __typename }");
		document(INVALID, "{kind} { {root} } type T { a: Int }");
		document(INVALID, "type T { a: Int }");
		document(INVALID, "{kind} { {root} } extend type Query { a: Int }");
		document(INVALID, "{kind} { {root} } schema { query: Query }");
	}

	private void fragments() {
		document(INVALID, "{kind} { ...f }");
		document(INVALID, "{kind} { ...f ...f }");
		document(INVALID, "{kind} { {root} ...f }");
		document(INVALID, "{kind} { {field}{arguments} { ...f } }");
		document(INVALID, "{kind} { ...f } fragment f on {type} { ...f }");
		document(INVALID, "{kind} { ...f } fragment f on {type} { {root} ...f }");
		document(INVALID, "{kind} { ...f } fragment f on {type} { ...g } fragment g on {type} { ...f }");
		document(INVALID, "{kind} { ...f } fragment f on {type} { ... { ...f } }");
		document(INVALID, "{kind} { ...f } fragment f on {type} { ... @include(if: false) { ...f } }");
		document(INVALID, "{kind} { {field}{arguments} { ...f } } fragment f on {inner} { {leaf} ...f }");
		document(INVALID, "{kind} { ...f } fragment f on Viewer { scopes }");
		document(INVALID, "{kind} { ...f } fragment f on Nothing { scopes }");
		document(INVALID, "{kind} { ...f } fragment f on Boolean { scopes }");
		document(INVALID, "{kind} { ...f } fragment f on {type} { nothing }");
		document(INVALID, "{kind} { ... on Viewer { scopes } }");
		document(INVALID, "{kind} { ... on Nothing { scopes } }");
		document(INVALID, "{kind} { ... on {type} { ... on Account { id } } }");
		document(INVALID, "{kind} { {root} } fragment f on {type} { {root} }");
		document(INVALID, "{kind} { ...f } fragment f on {type} { {root} } fragment f on {type} { {root} }");
		document(INVALID, "fragment f on {type} { {root} }");
		document(INVALID, "fragment f on {type} { ...f }");
		document(INVALID, "{kind} { {field}{arguments} { ...f } } fragment f on {type} { {root} }");
	}

	private void directives() {
		document(INVALID, "{kind} { {root @nothing} }");
		document(INVALID, "{kind} @nothing { {root} }");
		document(INVALID, "{kind} @skip(if: false) { {root} }");
		document(INVALID, "{kind}($v: Int @skip(if: true)) { {root} }");
		document(INVALID, "{kind} { {root} } fragment f on {type} @skip(if: false) { {root} }");
		document(INVALID, "{kind} { {root @skip} }");
		document(INVALID, "{kind} { {root @include(unless: true)} }");
		document(INVALID, "{kind} { {root @skip(if: 1)} }");
		document(INVALID, "{kind} { {root @skip(if: \"true\")} }");
		document(INVALID, "{kind} { {root @skip(if: null)} }");
		document(INVALID, "{kind} { {root @include(if: true) @include(if: true)} }");
		document(INVALID, "{kind} { {root @deprecated} }");
		document(INVALID, "{kind} { {root @requiresScope(scope: \"a\")} }");
		document(INVALID, "{kind}($v: Boolean) { {root @include(if: $v)} }", Map.of("v", true));
		document(INVALID, "{kind}($v: Int!) { {root @include(if: $v)} }", Map.of("v", 1));
	}

	/**
	 * The root of a subscription stands under no condition; the others answer nothing.
	 */
	private void leftOut() {
		String answered = isSubscription() ? INVALID : NONE;
		document(answered, "{kind} { {root @include(if: false)} }");
		document(answered, "{kind} { {root @skip(if: true)} }");
		document(answered, "{kind} { ... @skip(if: true) { {root} } }");
		document(answered, "{kind} { ... on {type} @include(if: false) { {root} } }");
		document(answered, "{kind} { ...f @skip(if: true) } fragment f on {type} { {root} }");
		document(answered, "{kind} { ...f } fragment f on {type} { {root @skip(if: true)} }");
		document(answered, "{kind}($v: Boolean!) { {root @include(if: $v)} }", Map.of("v", false));
		document(answered, "{kind}($v: Boolean!) { {root @skip(if: $v)} }", Map.of("v", true));
		document(answered, "{kind}($v: Boolean! = false) { {root @include(if: $v)} }");
		document(answered, "{kind}($v: Boolean! = true) { ...f @skip(if: $v) } fragment f on {type} { {root} }");
	}

	private void roots() {
		String answered = isSubscription() ? INVALID : NONE;
		document(answered, "{kind} { a: {root} b: {root} }");
		document(answered, "{kind} { {root} b: {root} }");
		document(answered, "{kind} { a: {root} ...f } fragment f on {type} { b: {root} }");
		document(answered, "{kind} { a: {root} ... { b: {root} } }");
		document(answered, "{kind}($v: Boolean!) { a: {root @skip(if: $v)} b: {root @include(if: $v)} }",
				Map.of("v", true));
		document(answered, "{kind} { __typename }");
		document(answered, "{kind} { a: __typename }");
		document(answered, "{kind} { {root} __typename }");
		document(answered, "{kind} { ...f } fragment f on {type} { __typename }");
		String introspection = this.operation.kind().equals("query") ? NONE : INVALID;
		document(introspection, "{kind} { __schema { queryType { name } } }");
		document(introspection, "{kind} { a: __schema { queryType { name } } }");
		document(introspection, "{kind} { __type(name: \"Query\") { name } }");
		document(introspection, "{kind} { {root} __schema { queryType { name } } }");
		document(NONE, "{kind} { {root} }");
		document(NONE, "{kind} { a: {root} }");
		document(NONE, "{kind} { {root} {root} }");
		document(NONE, "{kind} { ...f ... { {root} } } fragment f on {type} { {root} }");
		document(answered, "{kind}($v: Boolean!) { {root @include(if: $v) @skip(if: false)} }", Map.of("v", true));
		document(NONE, "{kind} { {field}{arguments} { {leaf} @skip(if: true) __typename } }");
		document(NONE, "{kind} { {field}{arguments} { {leaf} @skip(if: true) } }");
		document(INVALID, "{kind} { " + manyAliases() + "}");
	}

	/** More root fields than an operation may have. */
	private String manyAliases() {
		StringBuilder fields = new StringBuilder();
		for (int i = 0; i < 40; i++) {
			fields.append('a').append(i).append(": {root} ");
		}
		return fields.toString();
	}

	private void names() {
		String two = "{kind} a { {root} } {kind} b { {root} }";
		named(INVALID, two, null);
		named(INVALID, two, "c");
		named(INVALID, two, "");
		named(NONE, two, "b");
		named(INVALID, "{kind} a { {root} } {kind} a { {root} }", "a");
		named(INVALID, "{kind} { {root} } {kind} { {root} }", null);
		named(INVALID, "{kind} { {root} } {kind} a { {root} }", "a");
		named(INVALID, "{kind} { {root} }", "a");
		named(INVALID, "{kind} a { {root} }", "b");
		named(INVALID, "{kind} a { {root} } fragment b on {type} { {root} }", "b");
		named(NONE, "{kind} a { {root} }", "");
		named(NONE, "{kind} a { {root} }", null);
		named(INVALID, "{kind} a { {root} } query b { nothing }", "a");
	}

	private void variables() {
		String document = "{kind}($v: Boolean!) { {root @include(if: $v)} }";
		document(INVALID, document);
		for (Object wrong : List.of("true", 1, 1.5, List.of(), List.of(true), Map.of())) {
			document(INVALID, document, Map.of("v", wrong));
		}
		document(INVALID, "{kind}($v: JobNotificationFilter!) { {root} }", Map.of("v", Map.of()));
		document(isSubscription() ? INVALID : NONE, document, Map.of("v", true));
		document(NONE, "{kind} { {root} }", Map.of("w", 1));
		raw(INVALID, document, "\"variables\": {\"v\": null}");
		raw(INVALID, document, "\"variables\": null");
		raw(NONE, "{kind} { {root} }", "\"variables\": null");
		raw(NONE, "{kind} { {root} }", "\"variables\": {}");
		raw(NONE, "{kind} { {root} }", "\"extensions\": null");
		raw(NONE, "{kind} { {root} }", "\"operationName\": null");
		raw(NONE, "{kind} { {root} }",
				"\"variables\": null, \"extensions\": null, \"operationName\": null, \"id\": null");
	}

	private void requests() {
		for (String wrong : List.of("1", "1.5", "true", "\"x\"", "[]", "[{}]")) {
			raw(INPUT, "{kind} { {root} }", "\"variables\": " + wrong);
			raw(INPUT, "{kind} { {root} }", "\"extensions\": " + wrong);
		}
		for (String wrong : List.of("1", "1.5", "true", "{}", "[]", "[\"a\"]")) {
			raw(INPUT, "{kind} a { {root} }", "\"operationName\": " + wrong);
		}
		for (String wrong : List.of("null", "1", "true", "{}", "[]", "[\"{ viewer { scopes } }\"]")) {
			this.all.add(new Mistake("query: " + wrong, INPUT, "{\"query\": " + wrong + "}"));
		}
		this.all.add(new Mistake("no query", INPUT, "{\"variables\": {}}"));
		this.all.add(new Mistake("nothing", INPUT, "{}"));
		this.all.add(new Mistake("a list", INPUT, "[]"));
		this.all.add(new Mistake("a batch", INPUT, "[{\"query\": \"{ viewer { scopes } }\"}]"));
		this.all.add(new Mistake("null", INPUT, "null"));
	}

	private void document(String code, String template) {
		document(code, template, Map.of());
	}

	private void document(String code, String template, Map<String, Object> variables) {
		String document = filled(template);
		add(document + (variables.isEmpty() ? "" : " " + variables), code,
				Map.of("query", document, "variables", variables));
	}

	private void named(String code, String template, String name) {
		Map<String, Object> request = new LinkedHashMap<>();
		request.put("query", filled(template));
		request.put("operationName", name);
		add(filled(template) + " named " + name, code, request);
	}

	private void raw(String code, String template, String member) {
		String document = filled(template);
		this.all.add(new Mistake(document + " with " + member, code,
				"{\"query\": " + JSON.writeValueAsString(document) + ", " + member + "}"));
	}

	private void add(String name, String code, Map<String, Object> request) {
		this.all.add(new Mistake(name, code, JSON.writeValueAsString(request)));
	}

	private boolean isSubscription() {
		return this.operation.kind().equals("subscription");
	}

	private String filled(String template) {
		return ROOT.matcher(template)
			.replaceAll("{field}{arguments}$1 { {leaf} }")
			.replace("{kind}", this.operation.kind())
			.replace("{type}", this.operation.type())
			.replace("{field}", this.operation.field())
			.replace("{arguments}", this.operation.arguments())
			.replace("{inner}", this.operation.inner())
			.replace("{leaf}", this.operation.leaf());
	}

	/**
	 * A small operation that is right.
	 *
	 * @param type of the root
	 * @param inner the type of the field
	 * @param leaf a field of that
	 */
	record Operation(String kind, String type, String field, String arguments, String inner, String leaf) {
	}

	/** A request with the code that it must be answered with. */
	record Mistake(String name, String code, String request) {

		@Override
		public String toString() {
			String text = JSON.writeValueAsString(this.name);
			return (text.length() <= 140) ? text : text.substring(0, 140) + "…";
		}

	}

}
