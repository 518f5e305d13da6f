package dev.belfry.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.belfry.catalog.types.Topic;
import dev.belfry.delivery.composing.Email;
import dev.belfry.delivery.composing.MailContent;
import dev.belfry.delivery.outbox.Outbox;
import dev.belfry.delivery.suppression.SuppressionList;
import dev.belfry.ids.Cause;
import dev.belfry.ids.LogName;
import dev.belfry.viewer.AccountId;

/** Queues e-mails for tests that are about something else. None is ever due. */
public class TestMail {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	/** When what must not be sent is due. */
	public static final Instant NEVER = Instant.parse("2199-01-01T00:00:00Z");

	private final Outbox outbox;

	private final SuppressionList suppressions;

	TestMail(Outbox outbox, SuppressionList suppressions) {
		this.outbox = outbox;
		this.suppressions = suppressions;
	}

	/**
	 * Lets an account have one e-mail that waits, a newer one that was cancelled and can
	 * be tried again, and a suppression.
	 */
	public void fill(AccountId account) {
		this.outbox.queue(account, List.of(email(Topic.global("ORDER_ON_HOLD"), "ann@shop.example", NEVER)))
			.block(TIMEOUT);
		this.outbox.stop(account, List.of(Topic.global("JOB_FAILED"))).block(TIMEOUT);
		this.outbox.queue(account, List.of(email(Topic.global("JOB_FAILED"), "ben@shop.example", NEVER)))
			.block(TIMEOUT);
		this.outbox.resume(account, List.of(Topic.global("JOB_FAILED"))).block(TIMEOUT);
		this.suppressions.suppress(account, "cid@shop.example", Topic.global("JOB_FAILED")).block(TIMEOUT);
	}

	public void queue(AccountId account, Email email) {
		this.outbox.queue(account, List.of(email)).block(TIMEOUT);
	}

	public void suppress(AccountId account, String address, Topic topic) {
		this.suppressions.suppress(account, address, topic).block(TIMEOUT);
	}

	/** An e-mail that says little. */
	public static Email email(Topic topic, String address, Instant dueAt) {
		return new Email(topic, "A topic", null, address, content("Hello"), new Cause(LogName.JOBS, 1), 1, dueAt);
	}

	public static MailContent content(String subject) {
		return new MailContent(subject, "What happened", List.of("A paragraph."),
				List.of(new MailContent.Fact("Order", "1001")),
				List.of(new MailContent.Table("Lines", List.of("SKU", "Quantity"), List.of(List.of("A-1", "3")), 2)),
				List.of("A note."));
	}

}
