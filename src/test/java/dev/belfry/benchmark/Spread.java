package dev.belfry.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The median of some rounds, and the least and greatest beside it. */
public record Spread(double median, double least, double greatest) {

	public static <T> Spread of(List<T> rounds, ToDoubleFunction<T> part) {
		double[] sorted = rounds.stream().mapToDouble(part).sorted().toArray();
		return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
	}

	public String range() {
		return Report.text(this.least) + "–" + Report.text(this.greatest);
	}

}
