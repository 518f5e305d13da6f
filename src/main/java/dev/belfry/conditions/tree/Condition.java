package dev.belfry.conditions.tree;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.EventType;
import dev.belfry.conditions.values.ConditionFailure;
import dev.belfry.conditions.values.ConditionLimits;
import dev.belfry.conditions.values.Evaluation;
import dev.belfry.conditions.values.Subject;
import dev.belfry.input.InputErrors;
import dev.belfry.input.UserErrorCode;
import dev.belfry.values.JsonValues;
import dev.belfry.values.Steps;

/**
 * Which events of a type an alert is about. It is checked and compiled once, never
 * changes, and always says the same of the same event.
 */
public final class Condition {

	private final String type;

	private final Object source;

	private final Node root;

	private final @Nullable IndexKey key;

	private Condition(String type, Object source, Node root) {
		this.type = type;
		this.source = source;
		this.root = root;
		this.key = IndexKey.of(root);
	}

	/**
	 * Reads a condition as the API takes it.
	 * @param input JSON values
	 * @return null if there are errors
	 */
	public static @Nullable Condition read(EventType type, Map<String, ? extends @Nullable Object> input,
			InputErrors errors) {
		return errors.capped("condition", (within) -> compile(type, input, within));
	}

	private static @Nullable Condition compile(EventType type, Map<String, ? extends @Nullable Object> input,
			InputErrors errors) {
		Node root = new ConditionReader().read(input, type.fields(), errors, 0);
		if (root == null || !errors.isEmpty()) {
			return null;
		}
		Object source = Objects.requireNonNull(JsonValues.of(input));
		if (JsonValues.write(source).length > ConditionLimits.MAX_JSON) {
			errors.add(UserErrorCode.TOO_LONG,
					"A condition has at most " + ConditionLimits.MAX_JSON + " bytes as JSON.");
			return null;
		}
		return new Condition(type.key(), source, root);
	}

	/** Whether it is true of an event, whatever that costs. */
	public boolean matches(Subject subject) {
		return matches(subject, new Steps());
	}

	/**
	 * Whether it is true of an event.
	 * @param steps counts what it takes
	 * @throws ConditionFailure if the evaluation fails, for the data of the event or for
	 * the steps it would take
	 */
	public boolean matches(Subject subject, Steps steps) {
		boolean excluded = this.key != null && this.key.excludes(subject.payload());
		return !excluded && this.root.holds(subject.payload(), new Evaluation(subject, steps));
	}

	/** What each part comes to, whatever that costs. */
	public Explanation explain(Subject subject) {
		return explain(subject, new Steps());
	}

	/**
	 * What each part comes to. The first line says what {@link #matches} does.
	 * @param steps counts what it takes
	 */
	public Explanation explain(Subject subject, Steps steps) {
		Explanation parts = this.root.explain(subject.payload(), new Evaluation(subject, steps));
		try {
			return new Explanation(parts.words(), matches(subject, steps), null, parts.seen(), parts.parts());
		}
		catch (ConditionFailure failure) {
			return Explanation.failed(parts.words(), failure, parts.seen()).with(parts.parts());
		}
	}

	/** The input that it was read from, as JSON values. */
	public Object source() {
		return this.source;
	}

	@Nullable IndexKey key() {
		return this.key;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Condition condition && this.type.equals(condition.type)
				&& this.source.equals(condition.source);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.type, this.source);
	}

	@Override
	public String toString() {
		return this.type + " " + this.source;
	}

}
