package dev.belfry.delivery.sending;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.Email;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.composing.StoredEmail;
import dev.belfry.log.retention.Expiry;
import dev.belfry.store.AccountDatabase;
import dev.belfry.store.Query;
import dev.belfry.testing.TestMail;
import dev.belfry.viewer.AccountId;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes to many addresses is stored once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedContentTests {

	private static final Query<Long> CONTENTS = Query.number("select count(*) from mail_content where account_id = $1");

	private TestOutbox test;

	private AccountId account;

	@BeforeAll
	void start() {
		this.test = new TestOutbox(100_000);
	}

	@AfterAll
	void stop() {
		this.test.close();
	}

	@BeforeEach
	void createAccount() {
		this.test.clear();
		this.account = this.test.account();
	}

	@Test
	void sendsToEachWhatTheyShare() {
		ScriptedMailer mailer = new ScriptedMailer();
		MailContent first = TestMail.content("First");
		MailContent second = TestMail.content("Second");
		queue(List.of(email("a", first), email("b", second), email("c", TestMail.content("Alone")), email("d", first),
				email("e", second)));

		this.test.drain(this.test.sender(mailer, 8));

		assertThat(mailer.handed()).extracting(StoredEmail::address, (email) -> email.content().subject())
			.containsExactlyInAnyOrder(pair("a", "First"), pair("b", "Second"), pair("c", "Alone"), pair("d", "First"),
					pair("e", "Second"));
	}

	@Test
	void storesItOnceAndShowsItInEachDelivery() {
		MailContent content = TestMail.content("Hello");

		List<Long> ids = queue(IntStream.range(0, 50).mapToObj((i) -> email("p" + i, content)).toList());

		assertThat(contents()).isEqualTo(1);
		assertThat(ids)
			.allSatisfy((id) -> assertThat(this.test.delivery(this.account, id).subject()).isEqualTo("Hello"));
	}

	@Test
	void keepsAContentOfItsOwnWithTheDelivery() {
		queue(List.of(email("a", TestMail.content("Hello"))));

		assertThat(contents()).isZero();
	}

	@Test
	void erasesItWithTheLastAddressThatGotIt() {
		MailContent content = TestMail.content("Hello");
		List<Long> ids = queue(List.of(email("a", content), email("b", content)));

		erase("a");
		assertThat(this.test.delivery(this.account, ids.get(0)).subject()).isNull();
		assertThat(this.test.delivery(this.account, ids.get(1)).subject()).isEqualTo("Hello");

		erase("b");
		assertThat(contents()).isZero();
	}

	@Test
	void expiresOnceNoDeliveryIsLeft() {
		MailContent content = TestMail.content("Hello");
		queue(List.of(email("a", content), email("b", content)));
		this.test.execute("update mail_content set created_at = created_at - interval '401 days'");

		assertThat(expire("sharedContents")).isZero();
		this.test.execute("delete from delivery");
		assertThat(expire("sharedContents")).isEqualTo(1);
	}

	/** 600 MB if each had its own. */
	@Test
	void bearsALongOneForTenThousandAddresses() {
		MailContent content = MailContent.ofText("Hello", "x".repeat(60_000));

		List<Long> ids = queue(IntStream.range(0, 10_000).mapToObj((i) -> email("p" + i, content)).toList());

		assertThat(ids).hasSize(10_000);
		assertThat(contents()).isEqualTo(1);
	}

	private static Tuple pair(String name, String subject) {
		return Tuple.tuple(name + "@x.example", subject);
	}

	private static Email email(String name, MailContent content) {
		Email email = TestMail.email(Topic.global("ORDER_ON_HOLD"), name + "@x.example", null);
		return new Email(email.topic(), email.topicTitle(), null, email.address(), content, email.cause(), 1, null);
	}

	private List<Long> queue(List<Email> emails) {
		return this.test.outbox.queue(this.account, emails).block(Duration.ofSeconds(60));
	}

	private void erase(String name) {
		TestOutbox.wait(this.test.suppressions.erase(this.account, name + "@x.example"));
	}

	private long contents() {
		return TestOutbox.wait(this.test.bean(AccountDatabase.class).one(this.account, CONTENTS));
	}

	private long expire(String name) {
		return TestOutbox.wait(this.test.bean(name, Expiry.class)
			.removal()
			.remove(this.test.bean(AccountDatabase.class), this.account, this.test.clock.instant(), 100));
	}

}
