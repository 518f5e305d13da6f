package dev.belfry.bell.views;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.bell.feeds.BellState;
import dev.belfry.bell.views.BellViews.BellView;
import dev.belfry.graphql.relay.Cursors;
import dev.belfry.ids.Ids;
import dev.belfry.input.InputErrors;
import dev.belfry.input.Refusal;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.jobs.history.JobHistory;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.marks.LogReader;
import dev.belfry.jobs.marks.Marks;
import dev.belfry.jobs.marks.Marks.Marked;
import dev.belfry.jobs.views.JobNotificationView;
import dev.belfry.jobs.views.JobViews;
import dev.belfry.store.Call;
import dev.belfry.store.Idempotency;
import dev.belfry.store.Transactions;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** What a user marks as seen and read, as the schema asks for it. */
@Controller
class MarkController {

	private static final int MOST = 100;

	private final Marks marks;

	private final JobHistory history;

	private final JobViews jobs;

	private final BellViews views;

	private final Ids ids;

	private final Cursors cursors;

	private final Idempotency idempotency;

	MarkController(Marks marks, JobHistory history, JobViews jobs, BellViews views, Ids ids, Cursors cursors,
			Idempotency idempotency) {
		this.marks = marks;
		this.history = history;
		this.jobs = jobs;
		this.views = views;
		this.ids = ids;
		this.cursors = cursors;
		this.idempotency = idempotency;
	}

	@MutationMapping
	Mono<BellPayload> markBellSeen(@Argument MarkInput input, @ContextValue Viewer viewer) {
		return mark(viewer, "markBellSeen", input.idempotencyKey(), input.through(), this.marks::seen);
	}

	@MutationMapping
	Mono<BellPayload> markAllJobNotificationsRead(@Argument MarkInput input, @ContextValue Viewer viewer) {
		return mark(viewer, "markAllJobNotificationsRead", input.idempotencyKey(), input.through(),
				this.marks::allRead);
	}

	@MutationMapping
	Mono<ReadPayload> setJobNotificationsRead(@Argument ReadInput input, @ContextValue Viewer viewer) {
		if (input.ids().isEmpty() || input.ids().size() > MOST) {
			throw Refusal.badInput("A call takes 1 to " + MOST + " ids.", "input", "ids");
		}
		AccountId account = viewer.accountId();
		long userId = userOf(viewer);
		boolean read = input.read();
		Mono<ReadPayload> work = named(account, input.ids()).flatMap((named) -> once(viewer, "setJobNotificationsRead",
				input.idempotencyKey(), read + " " + String.join(" ", input.ids()),
				named.positions().flatMap((positions) -> this.marks.read(account, userId, positions, read)))
			.map((marked) -> new ReadPayload(bell(viewer, marked), this.jobs.of(LogReader.of(viewer), named.entries()),
					List.of())));
		return UserErrors.answered(work, (errors) -> new ReadPayload(null, List.of(), errors));
	}

	private Mono<BellPayload> mark(Viewer viewer, String operation, @Nullable String key, String through, Mark mark) {
		AccountId account = viewer.accountId();
		long userId = userOf(viewer);
		Mono<Marked> work = through(account, through).flatMap((position) -> mark.set(account, userId, position));
		return UserErrors.answered(once(viewer, operation, key, through, work).map((marked) -> bell(viewer, marked)),
				Mono.empty(), BellPayload::new);
	}

	/** Detached from the caller, so that a mark that was committed is also announced. */
	private Mono<Marked> once(Viewer viewer, String operation, @Nullable String key, String input, Mono<Marked> work) {
		AccountId account = viewer.accountId();
		long userId = userOf(viewer);
		Mono<Marked> marked = (key == null) ? work
				: this.idempotency.once(new Call(account, operation, key, Idempotency.hash(input)).of(userId), work,
						this.marks.of(account, userId));
		return Transactions
			.detached(marked.doOnNext((done) -> this.marks.announce(viewer.epoch(), account, userId, done)));
	}

	/** The position that a cursor names, if the log goes that far. */
	private Mono<Long> through(AccountId account, String cursor) {
		Long position = this.cursors.decode(account, cursor);
		Mono<Long> known = (position == null) ? Mono.empty()
				: this.history.head(account).filter((head) -> position <= head.position()).map((head) -> position);
		return known.switchIfEmpty(Mono.error(() -> UserErrors.at(UserErrorCode.CURSOR_INVALID,
				"This cursor is not valid for the account's log. Use the cursor of the bell or of the list.",
				"through")));
	}

	private Mono<Named> named(AccountId account, List<String> ids) {
		List<@Nullable Long> positions = new ArrayList<>();
		ids.forEach((id) -> positions.add(this.ids.decode(Ids.Kind.JOB_NOTIFICATION, account, id)));
		return this.history.byPositions(account, positions.stream().filter(Objects::nonNull).toList())
			.map((found) -> named(positions, found));
	}

	private static Named named(List<@Nullable Long> positions, Map<Long, JobNotification> found) {
		List<JobNotification> entries = new ArrayList<>();
		InputErrors errors = new InputErrors();
		for (int i = 0; i < positions.size(); i++) {
			Long position = positions.get(i);
			JobNotification entry = (position != null) ? found.get(position) : null;
			if (entry != null) {
				entries.add(entry);
			}
			else {
				errors.at("ids").at(i).add(UserErrorCode.NOT_FOUND, "There is no such job notification.");
			}
		}
		return new Named(entries, errors);
	}

	private BellView bell(Viewer viewer, Marked marked) {
		return this.views.bell(LogReader.of(viewer), userOf(viewer), BellState.of(marked.head(), marked));
	}

	private static long userOf(Viewer viewer) {
		Long userId = LogReader.of(viewer).userId();
		if (userId == null) {
			throw Refusal.forbidden("Only a user has a bell to mark.");
		}
		return userId;
	}

	/**
	 * What ids name.
	 *
	 * @param entries those that there are, in the order of the ids
	 * @param errors for each id that names nothing
	 */
	private record Named(List<JobNotification> entries, InputErrors errors) {

		/** Refused as a whole if one names nothing. */
		Mono<List<Long>> positions() {
			return this.errors.isEmpty() ? Mono.just(this.entries.stream().map(JobNotification::position).toList())
					: Mono.error(this.errors::refused);
		}

	}

	/** Moves one of a user's marks forward to a position. */
	private interface Mark {

		Mono<Marked> set(AccountId account, long userId, long position);

	}

	/** How far a mark goes. */
	record MarkInput(String through, @Nullable String idempotencyKey) {
	}

	/** What is to be read, or unread. */
	record ReadInput(List<String> ids, boolean read, @Nullable String idempotencyKey) {
	}

	record BellPayload(@Nullable BellView bell, List<UserError> userErrors) {
	}

	record ReadPayload(@Nullable BellView bell, List<JobNotificationView> jobNotifications,
			List<UserError> userErrors) {
	}

}
