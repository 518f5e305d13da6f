package dev.belfry.graphql.answers;

import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

import dev.belfry.input.Refusal;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestTokens;
import dev.belfry.testing.Transport;
import dev.belfry.testing.Transport.Reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** No answer is longer than a node may hold, whichever way it goes. */
class AnswersTests {

	private static LocalNode node;

	@BeforeAll
	static void start() {
		node = LocalNode.start(TestDatabase.createDatabase(), "belfry.graphql.longest-answer=20KB",
				"belfry.notifier.enabled=false", "belfry.mail.threads=0");
	}

	@AfterAll
	static void stop() {
		node.close();
	}

	@ParameterizedTest
	@EnumSource
	void refusesAnAnswerThatIsTooLarge(Transport transport) {
		Reply reply = ask(transport, "{ __schema { types { name description fields { name description } } } }");

		assertThat(reply.codes()).containsExactly("ANSWER_TOO_LARGE");
		assertThat(reply.errors().get(0).get("message").asString()).contains("20480 bytes");
		assertThat(reply.data()).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void answersWhatFits(Transport transport) {
		Reply reply = ask(transport, "{ __schema { types { name } } }");

		assertThat(reply.errors()).isEmpty();
		assertThat(reply.data()).isNotNull();
	}

	@Test
	void writesNoMoreOnceItIsTooMuch() {
		Answers answers = new Answers(new JsonMapper(), DataSize.ofKilobytes(10));
		int[] written = { 0 };
		Iterable<Integer> endless = () -> IntStream.iterate(0, (number) -> number + 1)
			.peek((number) -> written[0] = number)
			.iterator();

		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> answers.write(Map.of("items", endless)))
			.matches((refusal) -> refusal.code() == Refusal.Code.ANSWER_TOO_LARGE);
		assertThat(written[0]).isLessThan(20_000);
	}

	private static Reply ask(Transport transport, String document) {
		return transport.ask(node.port(), TestTokens.platform(), document, Map.of());
	}

}
