package dev.belfry.jobs.intake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.directory.Accounts;
import dev.belfry.input.InputErrors;
import dev.belfry.input.Refusal;
import dev.belfry.input.UserError;
import dev.belfry.input.UserErrorCode;
import dev.belfry.input.UserErrors;
import dev.belfry.jobs.history.JobHistory;
import dev.belfry.jobs.intake.JobIntake.Recorded;
import dev.belfry.jobs.log.JobNotification;
import dev.belfry.jobs.marks.Reader;
import dev.belfry.jobs.views.JobNotificationView;
import dev.belfry.jobs.views.JobViews;
import dev.belfry.log.intake.RecordStatus;
import dev.belfry.viewer.AccountId;
import dev.belfry.viewer.Viewer;
import reactor.core.publisher.Mono;

/** Intake as the schema asks for it: each item of a call stands on its own. */
@Controller
class IntakeController {

	private static final int MOST = 500;

	private final Accounts accounts;

	private final JobIntake intake;

	private final JobHistory history;

	private final JobViews views;

	private final Clock clock;

	IntakeController(Accounts accounts, JobIntake intake, JobHistory history, JobViews views, Clock clock) {
		this.accounts = accounts;
		this.intake = intake;
		this.history = history;
		this.views = views;
		this.clock = clock;
	}

	@MutationMapping
	Mono<Payload> recordJobCompletions(DataFetchingEnvironment environment, @ContextValue Viewer viewer) {
		Map<String, Object> input = Objects.requireNonNull(environment.getArgument("input"));
		List<Map<String, Object>> completions = completions(input);
		boolean shown = environment.getSelectionSet().contains("results/jobNotification");
		return UserErrors.answered(
				this.accounts.forIntake(viewer, (String) input.get("account"))
					.flatMap((account) -> record(Reader.of(viewer, account.accountId()), completions, shown)),
				(errors) -> new Payload(List.of(), errors));
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> completions(Map<String, Object> input) {
		List<Map<String, Object>> completions = (List<Map<String, Object>>) Objects
			.requireNonNull(input.get("completions"));
		if (completions.isEmpty() || completions.size() > MOST) {
			throw Refusal.badInput(
					"A call takes 1 to " + MOST + " completions; this one has " + completions.size() + ".", "input",
					"completions");
		}
		return completions;
	}

	private Mono<Payload> record(Reader reader, List<Map<String, Object>> inputs, boolean shown) {
		List<Item> items = new ArrayList<>(inputs.size());
		for (Map<String, Object> input : inputs) {
			items.add(Item.read(items.size(), input, this.clock));
		}
		List<JobCompletion> good = items.stream().filter(Item::isGood).map(Item::completion).toList();
		Mono<List<Recorded>> recorded = good.isEmpty() ? Mono.just(List.of())
				: this.intake.record(reader.account(), good);
		return recorded.flatMap((results) -> shown(reader.account(), results, shown)
			.map((found) -> payload(reader, items, results, found)));
	}

	/** The notifications of duplicates, if the answer shows them. */
	private Mono<Map<Long, JobNotification>> shown(AccountId account, List<Recorded> results, boolean shown) {
		List<Long> duplicates = results.stream()
			.filter((result) -> shown && result.status() == RecordStatus.DUPLICATE)
			.map(Recorded::position)
			.toList();
		return this.history.byPositions(account, duplicates);
	}

	private Payload payload(Reader reader, List<Item> items, List<Recorded> results,
			Map<Long, JobNotification> duplicates) {
		Map<Long, JobNotificationView> views = views(reader, results, duplicates);
		List<Result> answer = new ArrayList<>(items.size());
		int next = 0;
		for (Item item : items) {
			answer.add(item.isGood() ? item.result(results.get(next++), views) : item.rejected());
		}
		return new Payload(answer, List.of());
	}

	private Map<Long, JobNotificationView> views(Reader reader, List<Recorded> results,
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

	/** One completion of a call, as it was read. */
	private record Item(int index, JobCompletion completion, InputErrors errors) {

		static Item read(int index, Map<String, Object> input, Clock clock) {
			InputErrors errors = new InputErrors().at("completions").at(index);
			return new Item(index, new CompletionReader(errors, clock.instant()).read(input), errors);
		}

		boolean isGood() {
			return this.errors.isEmpty();
		}

		Result result(Recorded recorded, Map<Long, JobNotificationView> views) {
			if (recorded.status() == RecordStatus.REJECTED) {
				this.errors.at("runId")
					.add(UserErrorCode.IDEMPOTENCY_CONFLICT,
							"This run was logged before with another input. The first one stands.");
				return rejected();
			}
			return new Result(this.index, this.completion.runId(), recorded.status(), views.get(recorded.position()),
					List.of());
		}

		Result rejected() {
			return new Result(this.index, this.completion.runId(), RecordStatus.REJECTED, null, this.errors.list());
		}

	}

	record Payload(List<Result> results, List<UserError> userErrors) {
	}

	record Result(int index, String runId, RecordStatus status, @Nullable JobNotificationView jobNotification,
			List<UserError> userErrors) {
	}

}
