package dev.belfry.templates;

import java.nio.charset.StandardCharsets;

/** What one rendering may still do. */
final class Budget {

	private int steps;

	private int bytes;

	private Budget(int steps, int bytes) {
		this.steps = steps;
		this.bytes = bytes;
	}

	/** For templates that accounts write. */
	static Budget ofTenants() {
		return new Budget(Template.MOST_STEPS, Template.MOST_BYTES);
	}

	/** For our own, which repeat nothing. */
	static Budget unlimited() {
		return new Budget(Integer.MAX_VALUE, Integer.MAX_VALUE);
	}

	void step(int steps) {
		this.steps -= steps;
		if (this.steps < 0) {
			throw new TemplateFailure("For this event, the template takes more than " + Template.MOST_STEPS
					+ " steps: it repeats too much for each item of its lists.");
		}
	}

	void write(String text) {
		this.bytes -= text.getBytes(StandardCharsets.UTF_8).length;
		if (this.bytes < 0) {
			throw new TemplateFailure(
					"For this event, the e-mail would have more than " + Template.MOST_BYTES / 1024 + " KiB.");
		}
	}

}
