package dev.belfry.delivery.relay;

import java.time.Clock;
import java.util.List;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import dev.belfry.delivery.composing.Emails;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.composing.MailContent.Fact;
import dev.belfry.delivery.composing.StoredEmail;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/** Real SMTP, from end to end, as another implementation reads it. */
class GreenMailTests {

	private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());

	@BeforeEach
	void start() {
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Test
	void deliversTextAndHtml() throws Exception {
		MailContent content = new MailContent("Grüße: 例え 🔔", "Grüße", List.of("Größe: 例え 🔔", ".", "..x"),
				List.of(new Fact("Straße", "<b>& \"1\"</b>")), List.of(), List.of());

		assertThat(send(Emails.of("ann@bücher.example", content))).isEqualTo(List.of(Verdict.SENT));

		MimeMessage message = this.server.getReceivedMessages()[0];
		assertThat(message.getSubject()).isEqualTo("Grüße: 例え 🔔");
		assertThat(message.getMessageID()).isEqualTo("<a1b2.17@belfry.example>");
		assertThat(message.getSentDate()).isEqualTo("2026-11-05T09:03:07Z");
		assertThat(message.getAllRecipients()).extracting(Object::toString)
			.containsExactly("ann@xn--bcher-kva.example");
		assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
		assertThat(message.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
		assertThat(message.isMimeType("multipart/alternative")).isTrue();
		MimeMultipart parts = (MimeMultipart) message.getContent();
		assertThat(parts.getBodyPart(0).isMimeType("text/plain")).isTrue();
		assertThat((String) parts.getBodyPart(0).getContent()).contains("Größe: 例え 🔔\r\n\r\n.\r\n\r\n..x\r\n",
				"Straße:  <b>& \"1\"</b>");
		assertThat(parts.getBodyPart(1).isMimeType("text/html")).isTrue();
		assertThat((String) parts.getBodyPart(1).getContent()).contains("Größe: 例え 🔔</p>",
				"&lt;b&gt;&amp; &quot;1&quot;&lt;/b&gt;");
	}

	@Test
	void deliversOneEmailForEachAddress() throws Exception {
		assertThat(send(Emails.to("ann@shop.example"), Emails.to("bob@shop.example"))).containsOnly(Verdict.SENT);

		assertThat(this.server.getReceivedMessages()).extracting((message) -> message.getAllRecipients()[0].toString())
			.containsExactly("ann@shop.example", "bob@shop.example");
	}

	@Test
	void logsIn() {
		this.server.setUser("belfry", "belfry", "secret");

		assertThat(send("secret", Emails.to("ann@shop.example"))).containsExactly(Verdict.SENT);
		assertThat(send("wrong", Emails.to("ann@shop.example"))).containsExactly(Verdict.RELAY_TROUBLE);
	}

	private List<Verdict> send(StoredEmail... emails) {
		return send(null, emails);
	}

	private List<Verdict> send(String password, StoredEmail... emails) {
		JavaMailSenderImpl settings = new JavaMailSenderImpl();
		settings.setHost("127.0.0.1");
		settings.setPort(this.server.getSmtp().getPort());
		if (password != null) {
			settings.setUsername("belfry");
			settings.setPassword(password);
		}
		try (SmtpMailer mailer = new SmtpMailer(Emails.composer(), settings, Clock.systemUTC())) {
			return List.of(emails).stream().map((email) -> mailer.send(email).verdict()).toList();
		}
	}

}
