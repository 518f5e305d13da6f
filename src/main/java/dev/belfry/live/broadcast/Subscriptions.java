package dev.belfry.live.broadcast;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.language.Argument;
import graphql.language.AstPrinter;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import graphql.parser.InvalidSyntaxException;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.stereotype.Component;

import dev.belfry.graphql.execution.Documents;

/** Knows subscriptions from other operations, and what of one depends on who listens. */
@Component
public class Subscriptions {

	private static final int MOST = 1_000;

	/** Longer documents, which no frontend has, are looked at each time. */
	private static final int LONGEST = 10_000;

	private final Cache<Named, Optional<Traits>> known = Caffeine.newBuilder().maximumSize(MOST).build();

	private final GraphQLSchema schema;

	Subscriptions(GraphQlSource source) {
		this.schema = source.schema();
	}

	/**
	 * The subscription that a request asks for; null if it is any other operation, or
	 * none.
	 */
	public @Nullable LiveSubscription of(String document, @Nullable String operationName,
			Map<String, Object> variables) {
		Named named = new Named(document, operationName);
		Optional<Traits> traits = (document.length() > LONGEST) ? read(named) : this.known.get(named, this::read);
		return traits.map((known) -> new LiveSubscription(document, operationName, variables, known)).orElse(null);
	}

	private Optional<Traits> read(Named named) {
		try {
			Document document = Documents.parse(named.document());
			return operation(document, named.operationName())
				.filter((operation) -> operation.getOperation() == OperationDefinition.Operation.SUBSCRIPTION)
				.map((operation) -> traits(document, operation));
		}
		catch (InvalidSyntaxException invalid) {
			return Optional.empty();
		}
	}

	private static Optional<OperationDefinition> operation(Document document, @Nullable String name) {
		var operations = document.getDefinitionsOfType(OperationDefinition.class);
		if (name == null || name.isEmpty()) {
			return (operations.size() == 1) ? Optional.of(operations.get(0)) : Optional.empty();
		}
		return operations.stream().filter((operation) -> name.equals(operation.getName())).findFirst();
	}

	private Traits traits(Document document, OperationDefinition operation) {
		boolean broadcast = new Selections(document).areBroadcast(this.schema.getSubscriptionType(),
				operation.getSelectionSet());
		return new Traits(broadcast, sinceVariable(document, operation));
	}

	/** The variable that says where to begin, if it says nothing else. */
	private static @Nullable String sinceVariable(Document document, OperationDefinition operation) {
		for (Field field : operation.getSelectionSet().getSelectionsOfType(Field.class)) {
			for (Argument argument : field.getArguments()) {
				if (argument.getName().equals("since") && argument.getValue() instanceof VariableReference variable) {
					return isForSinceAlone(document, operation, variable.getName()) ? variable.getName() : null;
				}
			}
		}
		return null;
	}

	private static boolean isForSinceAlone(Document document, OperationDefinition operation, String variable) {
		boolean hasDefault = operation.getVariableDefinitions()
			.stream()
			.filter((definition) -> definition.getName().equals(variable))
			.anyMatch((VariableDefinition definition) -> definition.getDefaultValue() != null);
		// Once where it is defined, and once where it is used.
		return !hasDefault && AstPrinter.printAstCompact(document).split("\\$" + variable + "\\b", -1).length == 3;
	}

	private record Named(String document, @Nullable String operationName) {
	}

	/**
	 * What of a subscription matters for those who could share it.
	 *
	 * @param broadcast whether it selects only what is the same for every viewer of an
	 * account
	 * @param sinceVariable the variable that says where to begin, and nothing else
	 */
	record Traits(boolean broadcast, @Nullable String sinceVariable) {
	}

	/**
	 * Looks for fields that the schema does not mark with {@code @broadcast}. The
	 * document may be invalid: what is not understood is not marked.
	 */
	private final class Selections {

		private final Document document;

		private final Set<String> seen = new HashSet<>();

		Selections(Document document) {
			this.document = document;
		}

		boolean areBroadcast(@Nullable GraphQLType type, @Nullable SelectionSet set) {
			return set == null || set.getSelections()
				.stream()
				.allMatch((selection) -> isBroadcast(type, (Selection<?>) selection));
		}

		private boolean isBroadcast(@Nullable GraphQLType type, Selection<?> selection) {
			if (selection instanceof Field field) {
				return field.getName().startsWith("__") || isBroadcast(type, field);
			}
			if (selection instanceof InlineFragment fragment) {
				return areBroadcast(named(fragment.getTypeCondition(), type), fragment.getSelectionSet());
			}
			return selection instanceof FragmentSpread spread
					&& (!this.seen.add(spread.getName()) || isBroadcast(spread.getName()));
		}

		private boolean isBroadcast(String fragment) {
			return this.document.getDefinitionsOfType(FragmentDefinition.class)
				.stream()
				.filter((definition) -> definition.getName().equals(fragment))
				.allMatch((definition) -> areBroadcast(named(definition.getTypeCondition(), null),
						definition.getSelectionSet()));
		}

		private boolean isBroadcast(@Nullable GraphQLType type, Field field) {
			GraphQLFieldDefinition definition = (type instanceof GraphQLFieldsContainer fields)
					? fields.getFieldDefinition(field.getName()) : null;
			return definition != null && definition.hasAppliedDirective("broadcast")
					&& areBroadcast(GraphQLTypeUtil.unwrapAll(definition.getType()), field.getSelectionSet());
		}

		private @Nullable GraphQLType named(@Nullable TypeName condition, @Nullable GraphQLType otherwise) {
			return (condition != null) ? Subscriptions.this.schema.getType(condition.getName()) : otherwise;
		}

	}

}
