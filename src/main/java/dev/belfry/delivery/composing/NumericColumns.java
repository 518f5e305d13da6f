package dev.belfry.delivery.composing;

import java.util.regex.Pattern;

import dev.belfry.delivery.composing.MailContent.Table;

/** Which columns of a table hold numbers, which stand to the right. */
final class NumericColumns {

	/** Also amounts of money and percentages. */
	private static final Pattern NUMBER = Pattern.compile(
			"(?:[A-Z]{3}[ \\u00A0])?[-+−]?(?:\\p{Sc} ?)?[0-9][0-9.,'\\u00A0\\u2009\\u202F]*[ \\u00A0]?(?:%|\\p{Sc}|[A-Z]{3})?");

	private NumericColumns() {
	}

	/** For each column, whether each row has a number there or nothing. */
	static boolean[] columns(Table table) {
		boolean[] numbers = new boolean[table.columns().size()];
		for (int column = 0; column < numbers.length; column++) {
			numbers[column] = fill(table, column);
		}
		return numbers;
	}

	private static boolean fill(Table table, int column) {
		return table.rows()
			.stream()
			.filter((row) -> column < row.size())
			.map((row) -> row.get(column).strip())
			.filter((cell) -> !cell.isEmpty())
			.map((cell) -> NUMBER.matcher(cell).matches())
			.reduce(Boolean::logicalAnd)
			.orElse(false);
	}

}
