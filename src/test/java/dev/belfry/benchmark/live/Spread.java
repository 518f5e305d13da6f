package dev.belfry.benchmark.live;

import java.util.List;

/** The median of some rounds, and the least and greatest beside it. */
record Spread(double median, double least, double greatest) {

	static Spread of(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		return new Spread(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
	}

	String range() {
		return Report.text(this.least) + "–" + Report.text(this.greatest);
	}

}
