package dev.belfry.delivery.relay;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.belfry.addresses.Addresses;
import dev.belfry.addresses.Addresses.Typed;
import dev.belfry.addresses.EmailAddress;
import dev.belfry.delivery.composing.Emails;
import dev.belfry.delivery.relay.AttemptOutcome.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is taken for an address can be kept, compared and sent to as the same one. */
class AcceptedAddressesTests {

	private static final List<String> LOCAL_PARTS = List.of("ann", "Ann", "ANN.b", "o'hara", "a+b", "o’brien",
			"ann–lee", "pau·la", "jürgen", "名", ".a", "a..b", "a b", "a\u200bb", "%61nn", "'x", "x'", "?q", "a/b",
			"=?utf-8?q?a?=", "a\"b", "a,b", "ı", "K");

	private static final List<String> DOMAINS = List.of("shop.example", "SHOP.Example", "bücher.example",
			"BÜCHER.example", "xn--bcher-kva.example", "straße.example", "strasse.example", "STRASSE.example",
			"STRAẞE.example", "xn--strae-oqa.example", "σίγμας.example", "σίγμασ.example", "ΣΊΓΜΑΣ.example",
			"ılıca.example", "ilica.example", "İlica.example", "例え.テスト", "ｓｈｏｐ.example", "shop。example",
			"a\u00adb.example", "ab.example", "a\u200db.example", "xn--ls8h.example", "אבג.example", "א1.example",
			"a_b.example", "ϲ.example", "ς.example", "σ.example", "K.example", "k.example", "shop", "1.2.3.4",
			"ﬁ.example", "fi.example", "col·legi.example", "e\u0301.example", "é.example");

	private static final List<String> AROUND = List.of("%s", " %s ", "<%s>", "\"Doe, Jane\" <%s>", "Doe, Jane <%s>",
			"mailto:%s", "'%s'", "\"%s\"", "\u200b%s", "%s\u00a0", "%s.", "(%s)", "%s (Ann)");

	@Test
	void goToTheMailboxThatTheirKeyNames() {
		List<String> typed = typed();
		Map<String, String> mailboxes = new HashMap<>();
		int accepted = 0;
		try (ScriptedRelay relay = ScriptedRelay.start()) {
			SmtpMailer mailer = new SmtpMailer(Emails.composer(), relay.settings(), Clock.systemUTC());
			for (String text : typed) {
				for (Typed each : Addresses.read(text)) {
					String address = each.address();
					if (address == null) {
						assertThat(each.problem()).as(text).endsWith(".");
						continue;
					}
					accepted++;
					assertThat(Addresses.read(Addresses.print(List.of(address)))).as(text)
						.containsExactly(new Typed(address, address, null));
					assertThat(EmailAddress.of(address).text()).as(text).isEqualTo(address);
					assertThat(mailer.send(Emails.to(address)).verdict()).as(text).isEqualTo(Verdict.SENT);
					String mailbox = told(relay).toLowerCase(Locale.ROOT);
					assertThat(mailboxes.computeIfAbsent(EmailAddress.key(address), (key) -> mailbox)).as(text)
						.isEqualTo(mailbox);
				}
			}
			mailer.close();
		}

		assertThat(accepted).isGreaterThan(150);
		assertThat(mailboxes.values()).doesNotHaveDuplicates();
	}

	/** Each local part and each domain in several ways, and some by chance. */
	private static List<String> typed() {
		Random random = new Random(8);
		List<String> typed = new ArrayList<>();
		DOMAINS.forEach((domain) -> typed.add("ann@" + domain));
		LOCAL_PARTS.forEach((local) -> typed.add(local + "@shop.example"));
		for (int i = 0; i < 600; i++) {
			typed.add(pick(random, AROUND).formatted(pick(random, LOCAL_PARTS) + "@" + pick(random, DOMAINS)));
		}
		return typed;
	}

	/** Whom the relay was told of last. */
	private static String told(ScriptedRelay relay) {
		return relay.conversations()
			.stream()
			.flatMap((one) -> one.commandsOfEmails().stream())
			.filter((command) -> command.startsWith("RCPT"))
			.reduce((first, second) -> second)
			.orElseThrow();
	}

	private static <T> T pick(Random random, List<T> values) {
		return values.get(random.nextInt(values.size()));
	}

}
