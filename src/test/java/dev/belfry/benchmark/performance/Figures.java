package dev.belfry.benchmark.performance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import dev.belfry.benchmark.Report;
import dev.belfry.benchmark.Spread;

/**
 * The one table of a run: each figure beside its floor, which is of the same run, and the
 * ratio that is aimed at.
 */
public final class Figures {

	/** How often each is measured, if it is not the first of a node. */
	public static final int ROUNDS = 3;

	private static final Path FILE = Path.of("docs", "performance.md");

	private final Report report = new Report(FILE);

	Figures() {
	}

	/** A paragraph above the table. */
	void say(String format, Object... arguments) {
		this.report.say(format, arguments);
	}

	void begin() {
		this.report.table(3, "what", "floor", "aim", "figure", "of rounds", "floor's", "ratio", "met");
	}

	/** A figure beside its floor, and how their ratio has to be. */
	public void row(String what, Spread figure, String floor, double floorFigure, Aim aim) {
		double ratio = figure.median() / floorFigure;
		this.report.row(what, floor, aim.toString(), figure.median(), figure.range(), floorFigure, ratio,
				aim.isMetBy(ratio) ? "yes" : "no");
	}

	/** A figure that has to be so itself. */
	public void row(String what, Spread figure, Aim aim) {
		this.report.row(what, "", aim.toString(), figure.median(), figure.range(), "", "",
				aim.isMetBy(figure.median()) ? "yes" : "no");
	}

	/** A figure that says more of the ones above it. */
	public void row(String what, Spread figure) {
		this.report.row(what, "", "", figure.median(), figure.range(), "", "", "");
	}

	/** Keeps what was measured so far in the file. */
	void save(String name) throws IOException {
		this.report.save(name);
	}

	/** How a figure or a ratio has to be. */
	public record Aim(boolean most, double limit) {

		public static Aim atMost(double limit) {
			return new Aim(true, limit);
		}

		public static Aim atLeast(double limit) {
			return new Aim(false, limit);
		}

		boolean isMetBy(double figure) {
			return this.most ? figure <= this.limit : figure >= this.limit;
		}

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%s %s", this.most ? "≤" : "≥", Double.toString(this.limit));
		}

	}

}
