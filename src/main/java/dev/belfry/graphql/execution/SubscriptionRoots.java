package dev.belfry.graphql.execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import graphql.GraphQLError;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;

/**
 * Holds subscriptions to just one field at their root, which is no introspection and
 * stands under no condition (GraphQL, September 2025, 5.2.4.1). GraphQL Java's own rule
 * runs what it looks at, and fails at documents that are wrong in any other way.
 */
final class SubscriptionRoots {

	private static final Set<String> CONDITIONS = Set.of("skip", "include");

	private final Map<String, FragmentDefinition> fragments = new HashMap<>();

	private final Set<String> seen = new HashSet<>();

	private final Set<String> fields = new LinkedHashSet<>();

	private final List<GraphQLError> errors = new ArrayList<>();

	private SubscriptionRoots(Document document) {
		document.getDefinitionsOfType(FragmentDefinition.class)
			.forEach((fragment) -> this.fragments.put(fragment.getName(), fragment));
	}

	/** What is wrong with the subscriptions of a document that is valid otherwise. */
	static List<GraphQLError> errors(Document document) {
		return document.getDefinitionsOfType(OperationDefinition.class)
			.stream()
			.filter((operation) -> operation.getOperation() == OperationDefinition.Operation.SUBSCRIPTION)
			.flatMap((operation) -> new SubscriptionRoots(document).check(operation).stream())
			.toList();
	}

	private List<GraphQLError> check(OperationDefinition subscription) {
		collect(subscription.getSelectionSet());
		if (this.fields.size() != 1) {
			refuse(subscription, "A subscription must have just one field at its root.");
		}
		return this.errors;
	}

	private void collect(SelectionSet set) {
		for (Selection<?> selection : set.getSelections()) {
			if (selection instanceof DirectivesContainer<?> conditional && isConditional(conditional)) {
				refuse(selection, "@skip and @include are not allowed at the root of a subscription.");
			}
			collect(selection);
		}
	}

	private void collect(Selection<?> selection) {
		if (selection instanceof Field field) {
			this.fields.add(field.getResultKey());
			if (field.getName().startsWith("__")) {
				refuse(field, "A subscription's one field may not be " + field.getName() + ".");
			}
		}
		else if (selection instanceof InlineFragment fragment) {
			collect(fragment.getSelectionSet());
		}
		else if (selection instanceof FragmentSpread spread && this.seen.add(spread.getName())) {
			collect(Objects.requireNonNull(this.fragments.get(spread.getName())).getSelectionSet());
		}
	}

	private static boolean isConditional(DirectivesContainer<?> selection) {
		return selection.getDirectives().stream().anyMatch((directive) -> CONDITIONS.contains(directive.getName()));
	}

	private void refuse(Node<?> node, String message) {
		this.errors.add(ValidationError.newValidationError()
			.validationErrorType(ValidationErrorType.SubscriptionMultipleRootFields)
			.sourceLocation(node.getSourceLocation())
			.description(message)
			.build());
	}

}
