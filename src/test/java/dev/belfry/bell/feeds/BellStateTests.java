package dev.belfry.bell.feeds;

import org.junit.jupiter.api.Test;

import dev.belfry.jobs.log.LogHead;
import dev.belfry.jobs.marks.Marks.Marked;

import static org.assertj.core.api.Assertions.assertThat;

class BellStateTests {

	@Test
	void subtractsTotals() {
		LogHead head = new LogHead(100, 30, 0, 0);

		BellState state = BellState.of(head, new Marked(head, 90, 28, 80, 3, 5, 1));

		assertThat(state).isEqualTo(new BellState(100, 10, 2, 18, 90, 80, null));
	}

	@Test
	void countsNothingThatRetentionHasRemoved() {
		LogHead head = new LogHead(100, 30, 95, 29);

		BellState state = BellState.of(head, new Marked(head, 90, 28, 80, 0, 1, 1));

		assertThat(state).isEqualTo(new BellState(100, 5, 1, 4, 95, 95, null));
	}

	@Test
	void neverCountsBackwardsWhenAnotherNodeKnowsMore() {
		LogHead known = new LogHead(90, 20, 0, 0);
		LogHead later = new LogHead(100, 30, 0, 0);

		BellState state = BellState.of(known, new Marked(later, 95, 25, 95, 0, 0, 1));

		assertThat(state).isEqualTo(new BellState(100, 5, 5, 5, 95, 95, null));
	}

}
