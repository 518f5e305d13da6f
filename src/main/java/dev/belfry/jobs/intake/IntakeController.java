package dev.belfry.jobs.intake;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.directory.Accounts;
import dev.belfry.input.InputBatch;
import dev.belfry.input.InputBatch.Item;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.jobs.history.JobHistory;
import dev.belfry.jobs.intake.JobIntake.Recorded;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.marks.LogReader;
import dev.belfry.jobs.views.JobNotificationView;
import dev.belfry.jobs.views.JobViews;
import dev.belfry.log.intake.RecordStatus;
import dev.belfry.quotas.Quotas;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** Intake as the schema asks for it: each item of a call is handled on its own. */
@Controller
class IntakeController {

	private final Accounts accounts;

	private final JobIntake intake;

	private final JobHistory history;

	private final JobViews views;

	private final Quotas quotas;

	private final Clock clock;

	IntakeController(Accounts accounts, JobIntake intake, JobHistory history, JobViews views, Quotas quotas,
			Clock clock) {
		this.accounts = accounts;
		this.intake = intake;
		this.history = history;
		this.views = views;
		this.quotas = quotas;
		this.clock = clock;
	}

	@MutationMapping
	Mono<Payload> recordJobCompletions(DataFetchingEnvironment environment, @ContextValue Viewer viewer) {
		Map<String, Object> input = Objects.requireNonNull(environment.getArgument("input"));
		List<Map<String, Object>> completions = InputBatch.sent(input, "completions");
		// Asked only where it matters: the engine collects all fields for its answer.
		BooleanSupplier shown = () -> environment.getSelectionSet().contains("results/jobNotification");
		return UserErrors.answered(
				this.accounts.forIntake(viewer, (String) input.get("account"))
					.doOnNext((account) -> this.quotas.takeItems(account, completions.size()))
					.flatMap((account) -> record(LogReader.of(viewer, account), completions, shown)),
				(errors) -> new Payload(List.of(), errors));
	}

	private Mono<Payload> record(LogReader reader, List<Map<String, Object>> completions, BooleanSupplier shown) {
		Instant now = this.clock.instant();
		InputBatch.Reading<JobCompletion> reading = new InputBatch.Reading<>("completions", "runId",
				(input, errors) -> new CompletionReader(errors, now).read(input));
		return this.intake.each(reader.account(), completions, reading::read)
			.then(Mono.fromSupplier(reading::batch))
			.flatMap((batch) -> record(reader.account(), batch.good())
				.flatMap((results) -> shown(reader.account(), results, shown)
					.map((found) -> payload(reader, batch, results, found))));
	}

	private Mono<List<Recorded>> record(AccountId account, List<JobCompletion> good) {
		return good.isEmpty() ? Mono.just(List.of()) : this.intake.record(account, good);
	}

	/** The notifications of duplicates, if the answer shows them. */
	private Mono<Map<Long, JobNotification>> shown(AccountId account, List<Recorded> results, BooleanSupplier shown) {
		List<Long> duplicates = results.stream()
			.filter((result) -> result.status() == RecordStatus.DUPLICATE)
			.map(Recorded::position)
			.toList();
		return this.history.byPositions(account,
				(duplicates.isEmpty() || !shown.getAsBoolean()) ? List.of() : duplicates);
	}

	private Payload payload(LogReader reader, InputBatch<JobCompletion> batch, List<Recorded> results,
			Map<Long, JobNotification> duplicates) {
		Map<Long, JobNotificationView> views = views(reader, results, duplicates);
		return new Payload(batch.answers(results, (item, recorded) -> Result.of(item, recorded, views)), List.of());
	}

	private Map<Long, JobNotificationView> views(LogReader reader, List<Recorded> results,
			Map<Long, JobNotification> duplicates) {
		List<JobNotification> entries = new ArrayList<>(duplicates.values());
		results.stream().map(Recorded::entry).forEach((entry) -> {
			if (entry != null) {
				entries.add(entry.notification());
			}
		});
		return this.views.of(reader, entries)
			.stream()
			.collect(java.util.stream.Collectors.toMap((view) -> view.entry().position(), (view) -> view, (a, b) -> a));
	}

	record Payload(List<Result> results, List<UserError> userErrors) {
	}

	record Result(int index, String runId, RecordStatus status, @Nullable JobNotificationView jobNotification,
			List<UserError> userErrors) {

		static Result of(Item<JobCompletion> item, @Nullable Recorded recorded, Map<Long, JobNotificationView> views) {
			RecordStatus status = (recorded != null) ? recorded.status() : RecordStatus.REJECTED;
			if (recorded != null && status == RecordStatus.REJECTED) {
				item.errors()
					.at("runId")
					.add(UserErrorCode.IDEMPOTENCY_CONFLICT,
							"This run was recorded before with another input. The first input is kept.");
			}
			JobNotificationView view = (recorded != null) ? views.get(recorded.position()) : null;
			return new Result(item.index(), item.id(), status, view, item.errors().list());
		}

	}

}
