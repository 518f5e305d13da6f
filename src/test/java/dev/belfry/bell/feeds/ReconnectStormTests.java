package dev.belfry.bell.feeds;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.belfry.testing.CountedStatements;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.ProcessNode;
import dev.belfry.testing.TestDatabase;

/**
 * All sockets end at once and come back at once while completions go on being recorded.
 * Each gets every position once, and the database is asked as often as there are accounts
 * and users, not sockets.
 */
class ReconnectStormTests {

	/** How many statements an account or a user may cost, beside a few. */
	private static final int STATEMENTS = 4;

	private static final int FEW_STATEMENTS = 20;

	@Test
	void asksNoMoreOfTheDatabaseWhenMoreSocketsComeBack() {
		try (LocalNode node = LocalNode.start(TestDatabase.createDatabase(), CountedStatements.PROPERTIES);
				ReconnectStorm storm = new ReconnectStorm(node.port(), 5, 2)) {
			assertFewStatements(storm, storm.run(75, storm::cut), storm.run(300, storm::cut));
		}
	}

	@Tag("long")
	@Test
	void asksNoMoreOfTheDatabaseWhenThousandsOfSocketsComeBack() {
		try (ProcessNode node = ProcessNode.start(TestDatabase.createDatabase(), CountedStatements.PROPERTIES);
				ReconnectStorm storm = new ReconnectStorm(node.port(), 50, 4)) {
			assertFewStatements(storm, storm.run(1_250, storm::cut), storm.run(5_000, storm::cut));
		}
	}

	/** The node that comes in its place remembers nothing. */
	@Tag("long")
	@Test
	void asksNoMoreOfTheDatabaseWhenThousandsOfSocketsComeBackAfterTheNodeWasKilled() {
		try (ProcessNode node = ProcessNode.start(TestDatabase.createDatabase(), CountedStatements.PROPERTIES);
				ReconnectStorm storm = new ReconnectStorm(node.port(), 50, 4)) {
			Runnable kill = () -> {
				storm.cut();
				node.kill();
				node.start();
			};
			assertFewStatements(storm, storm.run(1_250, kill), storm.run(5_000, kill));
		}
	}

	/** So many, however many sockets there are. */
	private static void assertFewStatements(ReconnectStorm storm, CountedStatements... storms) {
		long most = STATEMENTS * (storm.accounts() + storm.users()) + FEW_STATEMENTS;
		SoftAssertions.assertSoftly((softly) -> {
			softly.assertThat(storms).extracting(CountedStatements::number).allMatch((number) -> number <= most);
			softly.assertThat(storm.ends()).isEmpty();
		});
	}

}
