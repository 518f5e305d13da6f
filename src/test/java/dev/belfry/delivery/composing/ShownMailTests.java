package dev.belfry.delivery.composing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.Test;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.outbox.Outbox;
import dev.belfry.ids.Cause;
import dev.belfry.ids.LogName;
import dev.belfry.testing.Http;
import dev.belfry.testing.LocalNode;
import dev.belfry.testing.TestAccounts;
import dev.belfry.testing.TestDatabase;
import dev.belfry.testing.TestMail;
import dev.belfry.testing.TestTokens;
import dev.belfry.viewer.AccountId;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the API shows of an e-mail, beside what a mail server got. */
class ShownMailTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String ACCOUNT = "shown-mail";

	private static final String TOKEN = "(?<=https://belfry\\.example/unsubscribe/)[\\w-]+";

	@Test
	void isWhatTheMailServerGotButForTheTokenThatUnsubscribes() throws Exception {
		GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
		server.start();

		try (LocalNode node = nodeThatSendsTo(server)) {
			queue(node, node.bean(TestAccounts.class).create(ACCOUNT));
			assertThat(server.waitForIncomingEmail(TIMEOUT.toMillis(), 1)).isTrue();

			JsonNode shown = shown(node);
			MimeMessage sent = server.getReceivedMessages()[0];
			assertThat(shown.at("/subject").asString()).isEqualTo(sent.getSubject()).isEqualTo("Grüße: 例え 🔔");
			assertThat(shown.at("/text").asString()).isEqualTo(withoutToken(part(sent, 0)));
			assertThat(shown.at("/html").asString()).isEqualTo(withoutToken(part(sent, 1)));
		}
		finally {
			server.stop();
		}
	}

	private static LocalNode nodeThatSendsTo(GreenMail server) {
		return LocalNode.start(TestDatabase.createDatabase(), "spring.mail.host=127.0.0.1",
				"spring.mail.port=" + server.getSmtp().getPort(), "belfry.public-url=https://belfry.example",
				"spring.main.sources=" + TestAccounts.class.getName());
	}

	private static void queue(LocalNode node, AccountId account) {
		Email email = new Email(Topic.global("ORDER_ON_HOLD"), "Order On Hold", null, "ann@shop.example",
				TestMail.content("Grüße: 例え 🔔"), new Cause(LogName.JOBS, 1), 1, Instant.EPOCH);
		node.bean(Outbox.class).queue(account, List.of(email)).block(TIMEOUT);
	}

	private static JsonNode shown(LocalNode node) {
		Http owner = Http.at(node.port()).token(TestTokens.owner(ACCOUNT));
		return owner.ask("{ deliveries { nodes { mail { subject text html } } } }")
			.json()
			.at("/data/deliveries/nodes/0/mail");
	}

	private static String part(MimeMessage mail, int number) throws Exception {
		return (String) ((MimeMultipart) mail.getContent()).getBodyPart(number).getContent();
	}

	private static String withoutToken(String part) {
		assertThat(part).containsPattern(TOKEN);
		return part.replaceAll(TOKEN, "…");
	}

}
