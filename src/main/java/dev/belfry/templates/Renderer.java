package dev.belfry.templates;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.belfry.catalog.types.Formats;

/** Renders the texts of one template for one event, all within one budget. */
final class Renderer {

	private static final int STEPS_OF_A_VALUE = 10;

	/** How much of a text is looked through within a step, in characters. */
	private static final int CHARACTERS_OF_A_STEP = 100;

	/** A number with more digits, or more of them behind its point, is not formatted. */
	private static final int MOST_DIGITS = 200;

	private final Formats formats;

	private final @Nullable String currency;

	/** The event, then the items of the lists whose sections are around. */
	private final List<Map<?, ?>> owners = new ArrayList<>();

	private final Budget budget;

	private final StringBuilder written = new StringBuilder();

	Renderer(@Nullable Reference currency, Map<String, ? extends @Nullable Object> payload, Formats formats,
			Budget budget) {
		this.budget = budget;
		this.formats = formats;
		this.owners.add(payload);
		this.currency = (currency != null && currency.in(payload) instanceof String code) ? code : null;
	}

	String write(List<Piece> pieces) {
		this.written.setLength(0);
		pieces.forEach(this::write);
		return this.written.toString();
	}

	private void write(Piece piece) {
		this.budget.step(1);
		if (piece instanceof Piece.Words words) {
			append(words.text());
		}
		else if (piece instanceof Piece.Value value) {
			write(value);
		}
		else if (piece instanceof Piece.Section section) {
			write(section);
		}
	}

	private void write(Piece.Value value) {
		Object found = find(value.field());
		if (found != null) {
			this.budget.step(STEPS_OF_A_VALUE);
			append(value.raw() ? raw(found) : formatted(value.field(), found));
		}
	}

	private void write(Piece.Section section) {
		Object found = find(section.field());
		if (isThere(found) == section.inverted()) {
			return;
		}
		if (found instanceof List<?> items && !section.inverted()) {
			items.forEach((item) -> writeWithin(item, section.pieces()));
		}
		else {
			section.pieces().forEach(this::write);
		}
	}

	private void writeWithin(@Nullable Object item, List<Piece> pieces) {
		this.budget.step(1);
		this.owners.add((item instanceof Map<?, ?> fields) ? fields : Map.of());
		pieces.forEach(this::write);
		this.owners.remove(this.owners.size() - 1);
	}

	private @Nullable Object find(Reference field) {
		return field.in(this.owners.get(field.level()));
	}

	private boolean isThere(@Nullable Object value) {
		if (value instanceof String text) {
			this.budget.step(text.length() / CHARACTERS_OF_A_STEP);
			return !text.isBlank();
		}
		if (value instanceof List<?> items) {
			return !items.isEmpty();
		}
		return (value instanceof Boolean bool) ? bool : value != null;
	}

	private String formatted(Reference field, Object value) {
		return isEndless(value) ? value.toString() : this.formats.value(field.field().type(), value, this.currency);
	}

	private static String raw(Object value) {
		return (value instanceof BigDecimal number && !isEndless(number)) ? number.toPlainString() : value.toString();
	}

	private static boolean isEndless(Object value) {
		return value instanceof BigDecimal number
				&& (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS);
	}

	private void append(String text) {
		this.budget.write(text);
		this.written.append(text);
	}

}
