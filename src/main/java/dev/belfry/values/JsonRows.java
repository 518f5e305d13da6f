package dev.belfry.values;

import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.function.Function;

import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows as one JSON array, for a parameter of a statement. There can be thousands of them,
 * so they are written one by one.
 *
 * @param <T> what a row is made of
 */
public final class JsonRows<T> {

	private final Iterator<? extends T> left;

	private final Function<? super T, ?> row;

	private final ByteArrayOutputStream json = new ByteArrayOutputStream();

	private final SequenceWriter writer;

	/**
	 * Of which none is written yet.
	 * @param row as the mapper writes it
	 */
	public JsonRows(JsonMapper mapper, Iterable<? extends T> all, Function<? super T, ?> row) {
		this.left = all.iterator();
		this.row = row;
		this.writer = mapper.writer().writeValuesAsArray(this.json);
	}

	/** Writes the next row, and answers whether there was one. */
	public boolean step() {
		if (!this.left.hasNext()) {
			return false;
		}
		this.writer.write(this.row.apply(this.left.next()));
		return true;
	}

	/** How many bytes those have that are written. */
	public int bytes() {
		return this.json.size();
	}

	/** All, also those that were not written yet. */
	public JsonBytes json() {
		while (step()) {
			continue;
		}
		this.writer.close();
		return new JsonBytes(this.json.toByteArray());
	}

}
