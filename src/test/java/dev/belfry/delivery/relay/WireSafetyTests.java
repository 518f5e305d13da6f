package dev.belfry.delivery.relay;

import java.io.ByteArrayInputStream;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.belfry.delivery.composing.Emails;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.composing.MailContent.Fact;
import dev.belfry.delivery.composing.MailContent.Table;
import dev.belfry.delivery.composing.StoredEmail;
import dev.belfry.delivery.relay.AttemptOutcome.Stage;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Promise 28: whatever users write, a relay sees the commands and headers that it should,
 * and no other.
 */
class WireSafetyTests {

	private static final List<String> HOSTILE = List.of("\r", "\n", "\r\n", "\r\n\r\n", "\r\n.\r\n",
			"\r\n.\r\nMAIL FROM:<evil@evil.example>\r\nRCPT TO:<eve@evil.example>\r\n", "\nBcc: eve@evil.example\n",
			"\r\nBcc: eve@evil.example", "\rBcc: eve@evil.example\r", "\u0000", "\u0000\r\n", "\u000b", "\u000c",
			"\u0085", "\u2028", "\u2029", "\u2028Bcc: eve@evil.example", "\u760d\u760a",
			"\u760d\u760aBcc: eve@evil.example", "\u010d\u010a", "\u020d\u020aRCPT TO:<eve@evil.example>",
			"\u013c\u013e", "\u0120", "\u200e", "\u200f", "\u202e", "\u202eelpmaxe", "\u2066\u2069", "\ufeff", "%0d%0a",
			"%0d%0aBcc: eve@evil.example", "\\r\\n", "=?utf-8?q?=0D=0ABcc:_eve@evil.example?=",
			"=?UTF-8?B?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=", "=0D=0A", "\ud800", "\udc00\ud800", "\ud83d\udd14", "\"",
			"\",\"", "\"Doe, Jane\" <eve@evil.example>", ",eve@evil.example", ";eve@evil.example", "<eve@evil.example>",
			">", "> SIZE=1", "> NOTIFY=NEVER", "(eve)", "\\", "\\\"", ":", "group: eve@evil.example;", ".", "..", "-",
			"--", "-oQ/tmp", "|sh", "`id`", "$(id)", "<script>alert(1)</script>", "<!--", "]]>", "&lt;",
			"\" onclick=\"alert(1)", "--=_belfry", "--=_belfry--", "--\r\n--=_belfry--\r\n", "{{7*7}}", "%s%n%1$s",
			"${jndi:ldap://evil.example}", "例え", "bücher", "xn--bcher-kva", "a".repeat(64), "a".repeat(65),
			"a".repeat(254), "a".repeat(255), "a".repeat(2000), "ü".repeat(998), "x ".repeat(2000));

	private static final Map<String, Function<String, MailContent>> PLACES = Map.of("subject",
			(text) -> new MailContent(text, "h", List.of("p"), List.of(), List.of(), List.of()), "headline",
			(text) -> new MailContent("s", text, List.of("p"), List.of(), List.of(), List.of()), "paragraph",
			(text) -> new MailContent("s", "h", List.of(text), List.of(), List.of(), List.of()), "label",
			(text) -> new MailContent("s", "h", List.of(), List.of(new Fact(text, "v")), List.of(), List.of()), "value",
			(text) -> new MailContent("s", "h", List.of(), List.of(new Fact("l", text)), List.of(), List.of()), "title",
			(text) -> table(new Table(text, List.of("c"), List.of(List.of("x")), 0)), "column",
			(text) -> table(new Table("t", List.of(text, "d"), List.of(List.of("x", "1")), 0)), "cell",
			(text) -> table(new Table("t", List.of("c"), List.of(List.of(text)), 7)), "cell of many",
			(text) -> table(new Table("t", List.of("c"), Collections.nCopies(101, List.of(text)), 7)), "note",
			(text) -> new MailContent("s", "h", List.of(), List.of(), List.of(), List.of(text)));

	private static final List<String> COMMANDS = List.of("MAIL FROM:<belfry@sender.example>",
			"RCPT TO:<ann@shop.example>", "DATA");

	private static final List<String> HEADERS = List.of("Message-ID", "Date", "From", "To", "Subject", "Auto-Submitted",
			"List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Content-Type");

	private final ScriptedRelay relay = ScriptedRelay.start().offering("SMTPUTF8");

	private final SmtpMailer mailer = new SmtpMailer(Emails.composer(), this.relay.settings(), Clock.systemUTC());

	@AfterEach
	void close() {
		this.mailer.close();
		this.relay.close();
	}

	@Test
	void keepsTextsOutOfCommandsAndHeaders() throws Exception {
		List<StoredEmail> emails = HOSTILE.stream()
			.flatMap((hostile) -> Stream.of(hostile, "a" + hostile + "z"))
			.flatMap(WireSafetyTests::emails)
			.toList();

		assertThat(emails).hasSizeGreaterThan(1500);
		for (StoredEmail email : emails) {
			assertThat(this.mailer.send(email).verdict()).isEqualTo(Verdict.SENT);
			assertOnlyExpected(email, COMMANDS);
		}
	}

	@Test
	void keepsAddressesToOneRecipientOrNone() throws Exception {
		List<String> addresses = HOSTILE.stream()
			.flatMap((hostile) -> Stream.of(hostile + "@shop.example", "ann" + hostile + "@shop.example",
					hostile + "ann@shop.example", "a" + hostile + "b@shop.example", "ann@" + hostile,
					"ann@shop" + hostile + ".example", "ann@" + hostile + "shop.example", "ann@shop.example" + hostile))
			.toList();

		assertThat(addresses).hasSizeGreaterThan(500);
		int sent = 0;
		for (String address : addresses) {
			AttemptOutcome outcome = this.mailer.send(Emails.to(address));
			if (outcome.verdict() == Verdict.SENT) {
				sent++;
				assertOnlyExpected(Emails.to(address), commandsFor(address));
			}
			else {
				assertThat(outcome.verdict()).isEqualTo(Verdict.REFUSED);
				assertThat(outcome.stage()).isEqualTo(Stage.COMPOSE);
				assertThat(said()).isEmpty();
			}
		}
		assertThat(sent).isGreaterThan(60).isLessThan(addresses.size() - 200);
	}

	private void assertOnlyExpected(StoredEmail email, List<String> commands) throws Exception {
		assertThat(said()).as(email.toString()).containsExactlyElementsOf(commands);
		List<List<String>> letters = this.relay.conversations()
			.stream()
			.flatMap((one) -> one.letters().stream())
			.toList();
		assertThat(letters).hasSize(1);
		List<String> letter = letters.get(0);
		assertThat(letter).allMatch((line) -> line.length() < 998)
			.noneMatch((line) -> line.matches("(?s).*[\\r\\n\\x00].*"));
		List<String> head = letter.subList(0, letter.indexOf(""));
		assertThat(head.stream().filter((line) -> !line.startsWith(" ")).map((line) -> line.replaceFirst(":.*", "")))
			.as(email.toString())
			.containsExactlyElementsOf(HEADERS);
		assertThat(head).filteredOn((line) -> line.startsWith("To:"))
			.containsExactly("To: " + commands.get(1).replaceFirst("RCPT TO:<(.*)>", "$1"));
		assertParts(letter);
		clear();
	}

	private static void assertParts(List<String> letter) throws Exception {
		String octets = String.join("\r\n", letter) + "\r\n";
		MimeMessage message = new MimeMessage((Session) null,
				new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1)));
		MimeMultipart parts = (MimeMultipart) message.getContent();
		assertThat(parts.getCount()).isEqualTo(2);
		assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
		assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
		assertThat((String) parts.getBodyPart(0).getContent()).contains("You get this because");
		assertThat((String) parts.getBodyPart(1).getContent()).endsWith("</html>\r\n")
			.contains("You get this because")
			.doesNotContain("<script", "<!--", "\" onclick");
	}

	/**
	 * What the relay was told since it was last asked; nothing that it has not heard of
	 * at all.
	 */
	private List<String> said() {
		List<String> said = new ArrayList<>();
		this.relay.conversations().forEach((one) -> said.addAll(one.commandsOfEmails()));
		return said;
	}

	private void clear() {
		this.relay.conversations().forEach((one) -> {
			one.commands().clear();
			one.letters().clear();
		});
	}

	private static List<String> commandsFor(String address) {
		int at = address.lastIndexOf('@');
		String domain = IDN.toASCII(address.substring(at + 1), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
		String path = address.substring(0, at) + "@" + domain;
		assertThat(path).matches("[\\p{Graph}&&[^<>(),;:\\\\\\[\\]\"]]+");
		assertThat(domain).matches("[a-z0-9.-]+");
		return List.of(COMMANDS.get(0), "RCPT TO:<" + path + ">", "DATA");
	}

	private static Stream<StoredEmail> emails(String hostile) {
		Stream<StoredEmail> contents = PLACES.values()
			.stream()
			.map((place) -> Emails.of("ann@shop.example", place.apply(hostile)));
		return Stream.concat(contents,
				Stream.of(Emails.of("ann@shop.example", Emails.content(), hostile, "Source Invoice Imported"),
						Emails.of("ann@shop.example", Emails.content(), "Northwind Outfitters", hostile)));
	}

	private static MailContent table(Table table) {
		return new MailContent("s", "h", List.of(), List.of(), List.of(table), List.of());
	}

}
