package dev.belfry.templates;

import java.nio.charset.StandardCharsets;

import dev.belfry.values.Steps;

/** What one rendering may still do. */
final class Budget {

	private int steps;

	private int bytes;

	private final Steps used;

	private Budget(int steps, int bytes, Steps used) {
		this.steps = steps;
		this.bytes = bytes;
		this.used = used;
	}

	/** For templates that accounts write. */
	static Budget ofTenants(Steps used) {
		return new Budget(Template.MOST_STEPS, Template.MOST_BYTES, used);
	}

	/** For our own, which repeat nothing. */
	static Budget unlimited() {
		return new Budget(Integer.MAX_VALUE, Integer.MAX_VALUE, new Steps());
	}

	void step(int steps) {
		this.steps -= steps;
		this.used.add(steps);
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
