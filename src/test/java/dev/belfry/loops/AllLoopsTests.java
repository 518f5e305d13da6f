package dev.belfry.loops;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

import dev.belfry.testing.Http;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestDatabase;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every loop that a node has goes on after whatever happens, and health says so
 * meanwhile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AllLoopsTests {

	private LocalNode node;

	private FaultyLoops loops;

	@BeforeAll
	void start() {
		this.node = LocalNode.start(TestDatabase.createDatabase(), "belfry.loops.late-after=200ms",
				"spring.mail.host=localhost", "belfry.mail.threads=2",
				"spring.main.sources=" + FaultyLoops.class.getName());
		this.loops = this.node.bean(FaultyLoops.class);
	}

	@AfterAll
	void stop() {
		this.node.close();
	}

	@AfterEach
	void heal() {
		this.loops.fault = null;
	}

	@Test
	void areThese() {
		assertThat(this.loops.done.keySet()).containsExactlyInAnyOrder("bell beats", "bell polls", "bell warnings",
				"buckets", "cap warnings", "connections", "database watch", "heartbeat", "hints",
				"idle relay connections", "limits of connections", "mail claims", "mail meters", "mail records",
				"mail sender 1", "mail sender 2", "notifier", "notifier lag", "overdue jobs", "quotas", "recent events",
				"retention");
	}

	@Test
	void goOnAfterAnErrorAndHealthSaysSoMeanwhile() {
		survive(() -> {
			throw new StackOverflowError();
		}, "java.lang.StackOverflowError");
	}

	@Test
	void goOnAfterATurnThatNeverEndsAndHealthSaysSoMeanwhile() {
		survive(Mono::never, "No end after PT1S");
	}

	private void survive(Supplier<Mono<?>> fault, String problem) {
		awaitAll();
		await(() -> assertThat(readiness()).isEqualTo(200));

		this.loops.fault = fault;

		await(() -> assertThat(late("loops")).hasSameSizeAs(this.loops.done)
			.containsOnlyKeys(this.loops.done.keySet())
			.allSatisfy((loop, since) -> assertThat(since.toString()).endsWith(problem)));
		assertThat(late("requestLoops")).containsOnlyKeys("limits of connections", "connections", "database watch",
				"bell polls", "bell beats");
		assertThat(readiness()).isEqualTo(503);

		this.loops.fault = null;

		awaitAll();
		await(() -> assertThat(health("loops").health().getStatus()).isEqualTo(Status.UP));
		await(() -> assertThat(readiness()).isEqualTo(200));
	}

	/** Each does its work once more. */
	private void awaitAll() {
		this.loops.done.values().forEach((done) -> done.set(0));
		await(() -> assertThat(this.loops.done)
			.allSatisfy((loop, done) -> assertThat(done.get()).as(loop).isPositive()));
	}

	private Map<String, Object> late(String indicator) {
		return health(indicator).health().getDetails();
	}

	private HealthIndicator health(String name) {
		return this.node.bean(name + "HealthIndicator", HealthIndicator.class);
	}

	private int readiness() {
		return Http.at(this.node.port()).get("/actuator/health/readiness").status();
	}

	private static void await(Runnable assertion) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(20))
			.untilAsserted(assertion::run);
	}

}
