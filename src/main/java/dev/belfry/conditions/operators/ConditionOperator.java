package dev.belfry.conditions.operators;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.belfry.catalog.types.EventFieldType;

import static dev.belfry.catalog.types.EventFieldType.BOOLEAN;
import static dev.belfry.catalog.types.EventFieldType.DATE_TIME;
import static dev.belfry.catalog.types.EventFieldType.DECIMAL;
import static dev.belfry.catalog.types.EventFieldType.INTEGER;
import static dev.belfry.catalog.types.EventFieldType.MONEY;
import static dev.belfry.catalog.types.EventFieldType.STRING;

/**
 * How a test looks at a field.
 * <p>
 * Numbers are compared as decimals: 1.0 equals 1. Texts are compared in Unicode's
 * composed form (NFC) and without regard to case, by Unicode's full case folding whatever
 * the language, unless the test is case-sensitive: Straße equals STRASSE, and the dotless
 * ı of Turkish is another letter than i. A time is compared with an instant, or with a
 * date, which is the whole day in the account's zone.
 * <p>
 * A field is absent if it or one above it is missing or null, its text is blank, or its
 * list is empty. Of an absent field {@link #IS_EMPTY}, {@link #NOT_EQUALS} and
 * {@link #NOT_IN} are true and all others are false. A value of another type than the
 * field's cannot be tested: that is a {@code ConditionFailure}, unless only its presence
 * is asked for.
 */
public enum ConditionOperator {

	EQUALS("is", OperatorValue.ONE, EnumSet.of(STRING, INTEGER, DECIMAL, MONEY, BOOLEAN, DATE_TIME)),

	NOT_EQUALS("is not", OperatorValue.ONE, EQUALS.types),

	GREATER("is greater than", OperatorValue.ONE, EnumSet.of(INTEGER, DECIMAL, MONEY)),

	GREATER_OR_EQUAL("is at least", OperatorValue.ONE, GREATER.types),

	LESS("is less than", OperatorValue.ONE, GREATER.types),

	LESS_OR_EQUAL("is at most", OperatorValue.ONE, GREATER.types),

	/** Both ends belong to it. */
	BETWEEN("is between", OperatorValue.TWO, EnumSet.of(INTEGER, DECIMAL, MONEY, DATE_TIME)),

	IN("is one of", OperatorValue.LIST, EnumSet.of(STRING, INTEGER, DECIMAL, MONEY)),

	NOT_IN("is none of", OperatorValue.LIST, IN.types),

	CONTAINS("contains", OperatorValue.TEXT, EnumSet.of(STRING)),

	STARTS_WITH("starts with", OperatorValue.TEXT, EnumSet.of(STRING)),

	ENDS_WITH("ends with", OperatorValue.TEXT, EnumSet.of(STRING)),

	/** Anywhere in the text, unless the expression says {@code ^} or {@code $}. */
	MATCHES("matches", OperatorValue.REGEX, EnumSet.of(STRING)),

	IS_EMPTY("is empty", OperatorValue.NONE, EnumSet.allOf(EventFieldType.class)),

	EXISTS("is present", OperatorValue.NONE, IS_EMPTY.types),

	/** Before the instant, or before the first instant of the date. */
	BEFORE("is before", OperatorValue.ONE, EnumSet.of(DATE_TIME)),

	/** After the instant, or after the end of the date. */
	AFTER("is after", OperatorValue.ONE, EnumSet.of(DATE_TIME)),

	/**
	 * From so long before the event was recorded until then, both included. Days and
	 * weeks are those of the account's zone.
	 */
	WITHIN_LAST("is within the last", OperatorValue.DURATION, EnumSet.of(DATE_TIME));

	private static final Set<ConditionOperator> TRUE_OF_NOTHING = EnumSet.of(IS_EMPTY, NOT_EQUALS, NOT_IN);

	private final String label;

	private final OperatorValue value;

	private final Set<EventFieldType> types;

	ConditionOperator(String label, OperatorValue value, Set<EventFieldType> types) {
		this.label = label;
		this.value = value;
		this.types = types;
	}

	/** Those that can look at fields of a type. */
	public static List<ConditionOperator> of(EventFieldType type) {
		return Arrays.stream(values()).filter((operator) -> operator.takes(type)).toList();
	}

	public boolean takes(EventFieldType type) {
		return this.types.contains(type);
	}

	/** For people, between the name of a field and a value. */
	public String label() {
		return this.label;
	}

	/** What it takes as its value. */
	public OperatorValue value() {
		return this.value;
	}

	/** Whether a test of such a field can be asked to be case-sensitive. */
	public boolean hasCase(EventFieldType type) {
		return type == STRING && this.value != OperatorValue.NONE;
	}

	public boolean isTrueOfNothing() {
		return TRUE_OF_NOTHING.contains(this);
	}

}
