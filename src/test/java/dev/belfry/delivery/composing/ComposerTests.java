package dev.belfry.delivery.composing;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.Properties;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.belfry.delivery.composing.MailContent.Fact;
import dev.belfry.delivery.composing.MailContent.Table;
import dev.belfry.delivery.relay.AttemptOutcome;
import dev.belfry.delivery.relay.AttemptOutcome.Stage;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;
import dev.belfry.start.StartRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ComposerTests {

	@Test
	void saysWhatItIsInItsHeaders() throws Exception {
		MimeMessage message = message(Emails.to("ann@shop.example"));

		assertThat(Collections.list(message.getAllHeaderLines())).containsExactly(
				"Message-ID: <a1b2.17@belfry.example>", "Date: Thu, 5 Nov 2026 09:03:07 +0000",
				"From: Belfry <belfry@sender.example>", "To: ann@shop.example",
				"Subject: Invoice 4711 of Alpine Supply was imported", "Auto-Submitted: auto-generated",
				"List-Unsubscribe: <https://belfry.example/notifications/unsubscribe/dG9rZW4>",
				"List-Unsubscribe-Post: List-Unsubscribe=One-Click", "MIME-Version: 1.0",
				"Content-Type: multipart/alternative; boundary=\"=_belfry\"");
	}

	@Test
	void readsWellAsText() throws Exception {
		assertThat(text(message(Emails.to("ann@shop.example")))).isEqualTo("""
				Invoice 4711 was imported
				-------------------------

				Alpine Supply has sent an invoice, and Belfry has read it.

				Invoice:  4711
				Total:    1,204.50 USD

				Lines
				-----

				SKU      Ordered      Price
				TENT-2        12  99.00 USD
				ROPE-50        3   5.50 USD
				… and 3 more

				Amounts are without tax.

				--\s
				You get this because Source Invoice Imported is switched on for
				Northwind Outfitters.
				Unsubscribe: https://belfry.example/notifications/unsubscribe/dG9rZW4
				""".replace("\n", "\r\n"));
	}

	@Test
	void saysTheSameAsHtml() throws Exception {
		String html = html(message(Emails.to("ann@shop.example")));

		assertThat(html).startsWith("<!DOCTYPE html>")
			.contains("<h1 ", ">Invoice 4711 was imported</h1>", "has sent an invoice, and Belfry has read it.</p>",
					">Total</th>", ">1,204.50 USD</td>", ">TENT-2</td>", ">… and 3 more</p>",
					"Amounts are without tax.</p>",
					"You get this because Source Invoice Imported is switched on for Northwind Outfitters.",
					"<a class=\"quiet\" href=\"https://belfry.example/notifications/unsubscribe/dG9rZW4\"")
			.containsPattern("<th class=\"quiet line\" align=\"right\"[^>]*>Price</th>")
			.containsPattern("<th class=\"quiet line\" align=\"left\"[^>]*>SKU</th>")
			.containsPattern("<td class=\"line\" align=\"right\"[^>]*>12</td>");
		assertThat(html).doesNotContain("<img", "<script", "<link", "src=", "url(", "@import");
	}

	@Test
	void isTheSameAtEachAttempt() {
		assertThat(octets(Emails.composer(), Emails.to("ann@shop.example")))
			.isEqualTo(octets(Emails.composer(), Emails.to("ann@shop.example")));
	}

	@Test
	void keepsCharactersOfAllScripts() throws Exception {
		String words = "Rechnung für Grüße 例え テスト 🔔 שלום";
		MailContent content = new MailContent(words.repeat(4), words, List.of(words), List.of(new Fact(words, words)),
				List.of(), List.of());

		MimeMessage message = message(Emails.of("ann@shop.example", content));

		assertThat(message.getSubject()).isEqualTo(words.repeat(4));
		assertThat(text(message)).contains(words);
		assertThat(html(message)).contains(words);
		assertThat(message.getHeader("Subject", null).lines()).allMatch((line) -> line.length() <= 76);
		assertThat(octets(Emails.composer(), Emails.of("ann@shop.example", content))).matches(ComposerTests::isAscii);
	}

	@Test
	void cutsASubjectThatIsTooLong() throws Exception {
		MailContent content = new MailContent("🔔".repeat(300), "", List.of(), List.of(), List.of(), List.of());

		assertThat(message(Emails.of("ann@shop.example", content)).getSubject()).isEqualTo("🔔".repeat(199) + "…");
	}

	@Test
	void breaksLinesOfText() throws Exception {
		String words = "word ".repeat(40).strip();
		MailContent content = new MailContent("s", "h", List.of(words + "\nNext", "x".repeat(2000)), List.of(),
				List.of(), List.of());

		MimeMessage message = message(Emails.of("ann@shop.example", content));

		assertThat(text(message)).contains("word ".repeat(14).strip() + "\r\n", "\r\nNext\r\n", "x".repeat(2000));
		assertThat(html(message)).contains("word<br>\r\nNext</p>");
	}

	@Test
	void listsTheCellsOfATableThatIsTooWideForText() throws Exception {
		Table table = new Table("Orders", List.of("Order", "Why"), List.of(List.of("7", "w".repeat(80))), 0);
		MailContent content = new MailContent("s", "", List.of(), List.of(), List.of(table), List.of());

		assertThat(text(message(Emails.of("ann@shop.example", content))))
			.contains("* Order: 7\r\n  Why: " + "w".repeat(80) + "\r\n");
	}

	/** Gmail cuts what is longer than 102 KB, and with it the link to unsubscribe. */
	@Test
	void keepsAThousandLinesShortEnoughToBeShown() throws Exception {
		List<List<String>> rows = IntStream.range(0, 1_000)
			.mapToObj((i) -> List.of("Mar 1, 2026, 9:00 AM", "Order NW-1" + (1_000 + i) + " ships to FR"))
			.toList();
		Table table = new Table("", List.of("When", "What"), rows, 0);
		MailContent content = new MailContent("s", "", List.of(), List.of(), List.of(table), List.of());

		String html = html(message(Emails.of("ann@shop.example", content)));

		assertThat(html).contains("Order NW-11000 ships to FR", "Order NW-11999 ships to FR").hasSizeLessThan(102_000);
	}

	@Test
	void saysWhomToAskWhereThereIsNoLink() throws Exception {
		Composer composer = new Composer(new MailSettings(Emails.SETTINGS.mail(), null));
		MimeMessage message = parsed(octets(composer, Emails.to("ann@shop.example")));

		assertThat(message.getHeader("List-Unsubscribe")).isNull();
		assertThat(message.getHeader("List-Unsubscribe-Post")).isNull();
		assertThat(text(message)).doesNotContain("http")
			.contains("ask whoever manages the notification settings of\r\nNorthwind Outfitters.");
		assertThat(html(message)).doesNotContain("<a ").contains("ask whoever manages");
	}

	/** RFC 8058 wants HTTPS. */
	@Test
	void offersOneClickOnlyOverHttps() throws Exception {
		Composer composer = new Composer(new MailSettings(Emails.SETTINGS.mail(), URI.create("http://localhost:8080")));
		MimeMessage message = parsed(octets(composer, Emails.to("ann@shop.example")));

		assertThat(message.getHeader("List-Unsubscribe"))
			.containsExactly("<http://localhost:8080/unsubscribe/dG9rZW4>");
		assertThat(message.getHeader("List-Unsubscribe-Post")).isNull();
	}

	@Test
	void isFromWhomeverTheSettingsSay() throws Exception {
		Composer composer = composerFrom("\"Böllfry, Inc\" <ring@bücher.example>");
		InternetAddress from = (InternetAddress) parsed(octets(composer, Emails.to("ann@shop.example"))).getFrom()[0];

		assertThat(from.getPersonal()).isEqualTo("Böllfry, Inc");
		assertThat(from.getAddress()).isEqualTo("ring@xn--bcher-kva.example");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Belfry", "belfry@", "a@b.example, c@d.example", "jürgen@sender.example" })
	void refusesASenderThatIsNone(String from) {
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> composerFrom(from))
			.withMessageStartingWith("E-mails cannot be from \"" + from + "\": ")
			.satisfies((refused) -> assertThat(refused.action()).contains("belfry.mail.from"));
	}

	/**
	 * Today the domain of message ids is as somebody typed it, and no e-mail goes out.
	 */
	@Test
	void isFromAnInternationalDomain() throws Exception {
		FromAddress from = FromAddress.of("Bücher <ring@straße.example>");
		StoredEmail email = Emails.to("ann@shop.example");
		StoredEmail ours = new StoredEmail("<1@" + from.domain().ascii() + ">", email.createdAt(), email.address(),
				email.accountName(), email.topic(), email.topicTitle(), email.content(), email.unsubscribeToken());

		MimeMessage message = parsed(octets(composerFrom("Bücher <ring@straße.example>"), ours));

		assertThat(message.getMessageID()).isEqualTo("<1@xn--strae-oqa.example>");
		assertThat(((InternetAddress) message.getFrom()[0]).getAddress()).isEqualTo("ring@xn--strae-oqa.example");
		assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo("Bücher");
	}

	@Test
	void leadsToAnInternationalDomain() {
		assertThat(PublicUrl.of(URI.create("https://bücher.example:8443/b/")))
			.isEqualTo(URI.create("https://xn--bcher-kva.example:8443/b"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://a_b.example/", "belfry.example", "ftp://belfry.example", "https:///x",
			"https://belfry.example/?a=b", "https://belfry.example/#a" })
	void refusesAPublicUrlThatIsNone(String url) {
		MailSettings settings = new MailSettings(Emails.SETTINGS.mail(), URI.create(url));

		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> new Composer(settings))
			.withMessage("Belfry cannot have the public address \"" + url + "\".")
			.satisfies((refused) -> assertThat(refused.action()).contains("belfry.public-url"));
	}

	@Test
	void takesBlankLinesForEndsOfParagraphs() {
		MailContent mail = MailContent.ofText("Subject", "\n\nOne\nmore line\r\n  \r\n\n Two \rends\n\n");

		assertThat(mail).isEqualTo(new MailContent("Subject", "", List.of("One\nmore line", " Two \nends"), List.of(),
				List.of(), List.of()));
	}

	@Test
	void endsASentenceOnceWhateverTheAccountIsCalled() {
		StoredEmail email = Emails.of("ann@shop.example", Emails.content(), "Harbor Supply Co.", "Order On Hold");

		assertThat(FooterTexts.why(email))
			.isEqualTo("You get this because Order On Hold is switched on for Harbor Supply Co.");
		assertThat(FooterTexts.ask(email)).endsWith("settings of Harbor Supply Co.");
	}

	@Test
	void refusesWhatItCannotWrite() {
		StoredEmail email = Emails.to("ann@shop.example");
		StoredEmail broken = new StoredEmail("a\r\nBcc: eve@evil.example", email.createdAt(), email.address(),
				email.accountName(), email.topic(), email.topicTitle(), email.content(), email.unsubscribeToken());

		assertThat(Emails.composer().compose(broken, (letter) -> sent(), AttemptOutcome::unwritten))
			.isEqualTo(new AttemptOutcome(Verdict.REFUSED, Stage.COMPOSE, null,
					"Belfry cannot compose this e-mail. Its log has the reason."));
		assertThat(Emails.composer().compose(Emails.to("nobody"), (letter) -> sent(), AttemptOutcome::unwritten))
			.isEqualTo(new AttemptOutcome(Verdict.REFUSED, Stage.COMPOSE, null,
					"E-mail cannot be sent to this address: it has no @."));
	}

	private static Composer composerFrom(String from) {
		return new Composer(new MailSettings(new MailSettings.Mail(from), null));
	}

	private static MimeMessage message(StoredEmail email) throws MessagingException {
		return parsed(octets(Emails.composer(), email));
	}

	private static MimeMessage parsed(byte[] octets) throws MessagingException {
		return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
	}

	private static byte[] octets(Composer composer, StoredEmail email) {
		List<byte[]> written = new ArrayList<>();
		composer.compose(email, (letter) -> {
			written.add(letter.octets());
			return sent();
		}, AttemptOutcome::unwritten);
		return written.get(0);
	}

	private static AttemptOutcome sent() {
		return new AttemptOutcome(Verdict.SENT, Stage.BODY, null, "");
	}

	private static String text(MimeMessage message) throws Exception {
		return (String) ((MimeMultipart) message.getContent()).getBodyPart(0).getContent();
	}

	private static String html(MimeMessage message) throws Exception {
		return (String) ((MimeMultipart) message.getContent()).getBodyPart(1).getContent();
	}

	private static boolean isAscii(byte[] octets) {
		return StandardCharsets.US_ASCII.newEncoder().canEncode(new String(octets, StandardCharsets.UTF_8));
	}

}
