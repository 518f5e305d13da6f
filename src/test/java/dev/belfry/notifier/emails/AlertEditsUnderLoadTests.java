package dev.belfry.notifier.emails;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An alert that is edited while events stream in applies exactly to those committed after
 * the edit, and each e-mail names the right version (promises 17, 19 and 23).
 */
class AlertEditsUnderLoadTests {

	private static final int MANY = 20;

	@Test
	void appliesEachEditToWhatIsCommittedAfterIt() {
		run(1, 1, Duration.ZERO);
	}

	@Tag("long")
	@Test
	void appliesEachEditInManyRuns() {
		run(10, MANY, Duration.ZERO);
	}

	/** An e-mail about many says of each order what the version said that it matched. */
	@Tag("long")
	@Test
	void foldsWhatDifferentVersionsSay() {
		run(100, MANY, Duration.ofMillis(200));
	}

	private static void run(int first, int number, Duration window) {
		try (TwoNodes nodes = new TwoNodes(window)) {
			for (int seed = first; seed < first + number; seed++) {
				AlertEditsUnderLoad load = new AlertEditsUnderLoad(nodes, seed);
				load.run();
				load.assertEditsTakeEffectBetweenCallAndAnswer();
				load.assertEvaluatedOnce();
				load.assertTold(window);
				load.assertShown();
			}
		}
	}

}
