package dev.belfry.conditions.tree;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.belfry.conditions.operators.ConditionOperator;
import dev.belfry.conditions.values.NaiveEvaluator;
import dev.belfry.conditions.values.RandomConditions;
import dev.belfry.conditions.values.Subject;
import dev.belfry.values.JsonValues;

import static org.assertj.core.api.Assertions.assertThat;

/** Random conditions on random events, against an evaluator written from the rules. */
class DifferentialTests {

	private static final int PAIRS = 100_000;

	private static final Logger log = LoggerFactory.getLogger(DifferentialTests.class);

	private final Map<String, long[]> counts = NaiveEvaluator.counts();

	@Test
	void saysWhatTheWrittenRulesSay() {
		RandomConditions random = new RandomConditions(20260301);

		for (int i = 0; i < PAIRS; i++) {
			Subject subject = random.subject();
			compare(random.condition(subject), subject);
		}

		log.info("True of {} pairs, in percent: {}", PAIRS, shares());
		assertThat(shares())
			.containsKeys(List.of(ConditionOperator.values()).stream().map(Enum::name).toArray(String[]::new));
		assertThat(shares()).allSatisfy((operator, share) -> assertThat(share).isBetween(20L, 80L));
	}

	private void compare(Map<String, Object> input, Subject subject) {
		ConditionReading reading = ConditionReading.of(Orders.TYPE, input);
		if (reading.condition() == null) {
			throw new AssertionError(input + " " + reading.errors());
		}
		boolean expected = new NaiveEvaluator(subject, this.counts).matches(input);
		if (reading.condition().matches(subject) != expected) {
			throw new AssertionError("This should be " + expected + ": " + input + " of " + subject);
		}
	}

	private Map<String, Long> shares() {
		return this.counts.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(count) -> 100 * count.getValue()[1] / (count.getValue()[0] + count.getValue()[1])));
	}

	@Test
	void readsAgainWhatItGave() {
		RandomConditions random = new RandomConditions(7);
		for (int i = 0; i < 2_000; i++) {
			Subject subject = random.subject();
			Map<String, Object> input = random.condition(subject);
			Condition condition = ConditionReading.of(Orders.TYPE, input).condition();
			assertThat(condition).isNotNull();

			Map<String, ?> stored = JsonValues.readObject(JsonValues.write(condition.source()));
			Condition again = ConditionReading.of(Orders.TYPE, stored).condition();

			assertThat(condition.source()).isEqualTo(input);
			assertThat(again).isNotNull();
			assertThat(again.matches(subject)).isEqualTo(condition.matches(subject));
		}
	}

	@Test
	void explainsWhatItSays() {
		RandomConditions random = new RandomConditions(11);
		for (int i = 0; i < 2_000; i++) {
			Subject subject = random.subject();
			Condition condition = ConditionReading.of(Orders.TYPE, random.condition(subject)).condition();
			assertThat(condition).isNotNull();

			Explanation explanation = condition.explain(subject);

			assertThat(explanation.matched()).isEqualTo(condition.matches(subject));
			assertThat(explanation.words()).isNotBlank();
		}
	}

	@Test
	void findsAllThatMatchByTheIndex() {
		RandomConditions random = new RandomConditions(13);
		List<Condition> conditions = random.subjects(1_000)
			.stream()
			.map((subject) -> ConditionReading.of(Orders.TYPE, random.condition(subject)).condition())
			.toList();
		ConditionIndex<Condition> index = new ConditionIndex<>(conditions, (condition) -> condition);

		for (Subject subject : random.subjects(200)) {
			List<Condition> candidates = index.candidates(subject);

			assertThat(candidates.stream().filter((condition) -> condition.matches(subject))).containsExactlyElementsOf(
					conditions.stream().filter((condition) -> condition.matches(subject)).toList());
			assertThat(candidates).hasSizeLessThan(conditions.size());
		}
	}

}
