package dev.belfry.notifier;

import java.time.OffsetDateTime;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

import dev.belfry.accounts.AccountId;
import dev.belfry.accounts.Ids;
import dev.belfry.alerts.AlertView;
import dev.belfry.delivery.CauseLog;
import dev.belfry.notifier.AlertEvaluations.AlertOutcome;
import dev.belfry.platform.PageInfo;
import dev.belfry.platform.Slice;
import reactor.core.publisher.Mono;

/** What came of alerts, as the schema asks for it. */
@Controller
class AlertEvaluationController {

	private final AlertEvaluations evaluations;

	private final Ids ids;

	AlertEvaluationController(AlertEvaluations evaluations, Ids ids) {
		this.evaluations = evaluations;
		this.ids = ids;
	}

	@SchemaMapping(typeName = "Alert")
	Mono<Connection> evaluations(AlertView alert, @Argument @Nullable Integer first, @Argument @Nullable String after) {
		AccountId account = alert.account();
		Slice slice = Slice.of(first, this.ids.place(Ids.Kind.EVALUATION_CURSOR, account, after, "after"), null, null);
		long below = (slice.after() != null) ? slice.after() : Long.MAX_VALUE;
		return alert.together()
			.read(new Asked(below, slice.most() + 1),
					(all) -> this.evaluations.before(account, all.alertIds(), below, slice.most() + 1))
			.map((found) -> connection(account, slice, found.getOrDefault(alert.inForce().alertId(), List.of())));
	}

	@SchemaMapping(typeName = "Alert")
	Mono<AlertTrouble> trouble(AlertView alert) {
		return alert.together()
			.read(new Asked(Long.MAX_VALUE, AlertTrouble.NUMBER),
					(all) -> this.evaluations.before(all.account(), all.alertIds(), Long.MAX_VALUE,
							AlertTrouble.NUMBER))
			.mapNotNull((latest) -> AlertTrouble.of(latest.getOrDefault(alert.inForce().alertId(), List.of())));
	}

	private Connection connection(AccountId account, Slice slice, List<AlertOutcome> found) {
		boolean hasMore = found.size() > slice.most();
		List<Edge> edges = found.stream()
			.limit(slice.most())
			.map((outcome) -> new Edge(this.ids.encode(Ids.Kind.EVALUATION_CURSOR, account, outcome.position()),
					new AlertEvaluationView(causeId(account, outcome), outcome)))
			.toList();
		PageInfo pageInfo = PageInfo.of(hasMore, slice.after() != null, edges, (edge) -> edge.cursor());
		return new Connection(edges, pageInfo);
	}

	private String causeId(AccountId account, AlertOutcome outcome) {
		Ids.Kind kind = (outcome.log() == CauseLog.JOBS) ? Ids.Kind.JOB_NOTIFICATION : Ids.Kind.PLATFORM_EVENT;
		return this.ids.encode(kind, account, outcome.position());
	}

	/** Which evaluations of each alert are asked for. */
	private record Asked(long below, int most) {
	}

	/** A page of evaluations. */
	record Connection(List<Edge> edges, PageInfo pageInfo) {

		public List<AlertEvaluationView> nodes() {
			return this.edges.stream().map(Edge::node).toList();
		}

	}

	/** An evaluation with its cursor. */
	record Edge(String cursor, AlertEvaluationView node) {
	}

	/** An evaluation as the schema shows it. */
	record AlertEvaluationView(String causeId, AlertOutcome outcome) {

		public int version() {
			return this.outcome.version();
		}

		public OffsetDateTime evaluatedAt() {
			return this.outcome.evaluatedAt();
		}

		public @Nullable String error() {
			return this.outcome.error();
		}

		public int addresses() {
			return this.outcome.addresses();
		}

		public List<String> unresolved() {
			return this.outcome.unresolved();
		}

	}

}
