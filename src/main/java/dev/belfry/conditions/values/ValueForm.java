package dev.belfry.conditions.values;

import java.math.BigDecimal;

/** The form in which equal values of a field are equal objects. */
public enum ValueForm {

	TEXT {
		@Override
		public Object of(Object value) {
			return CaseFolding.composed(text(value));
		}
	},

	FOLDED_TEXT {
		@Override
		public Object of(Object value) {
			return CaseFolding.folded(text(value));
		}
	},

	NUMBER {
		@Override
		public Object of(Object value) {
			return number(value).stripTrailingZeros();
		}
	},

	BOOLEAN {
		@Override
		public Object of(Object value) {
			if (value instanceof Boolean) {
				return value;
			}
			throw new ConditionFailure("The event has a value here that is not true or false.");
		}
	};

	/**
	 * The value of an event in this form.
	 * @throws ConditionFailure if it is of another type
	 */
	public abstract Object of(Object value);

	public static String text(Object value) {
		if (value instanceof String text) {
			return text;
		}
		throw new ConditionFailure("The event has a value here that is not a text.");
	}

	public static BigDecimal number(Object value) {
		if (value instanceof BigDecimal number) {
			return number;
		}
		throw new ConditionFailure("The event has a value here that is not a number.");
	}

}
