package dev.belfry.jobs.filter;

/** How a count is compared with a value. */
public enum CountOperator {

	EQUALS("=="), NOT_EQUALS("!="), GREATER_THAN(">"), AT_LEAST(">="), LESS_THAN("<"), AT_MOST("<=");

	private final String symbol;

	CountOperator(String symbol) {
		this.symbol = symbol;
	}

	/** As SQL's JSON path language writes it. */
	String symbol() {
		return this.symbol;
	}

	boolean holds(long count, long value) {
		return switch (this) {
			case EQUALS -> count == value;
			case NOT_EQUALS -> count != value;
			case GREATER_THAN -> count > value;
			case AT_LEAST -> count >= value;
			case LESS_THAN -> count < value;
			case AT_MOST -> count <= value;
		};
	}

}
