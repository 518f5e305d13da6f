package dev.belfry;

import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.springframework.data.r2dbc.repository.Query;
import org.springframework.graphql.client.json.GraphQlJacksonModule;
import org.springframework.graphql.data.ArgumentValue;

import dev.belfry.store.AccountRepository;
import dev.belfry.viewer.AccountId;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

/** What the code keeps to everywhere. Each rule says why. */
@AnalyzeClasses(packages = "dev.belfry", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	/** Who speaks to the database itself, beside the embedded one. */
	private static final Set<String> GATE = Set.of(
			// The gate, its other way in for the system, and what both run statements
			// with.
			"dev.belfry.store.AccountDatabase", "dev.belfry.store.SystemDatabase", "dev.belfry.store.Statements",
			// The gate for plain tables, and who looks for the account itself.
			"dev.belfry.store.AccountRepository", "dev.belfry.store.AccountConversions",
			"dev.belfry.accounts.directory.AccountRecords",
			// Listens on a connection of its own, and reads no table.
			"dev.belfry.log.hints.PostgresHints",
			// Looks at a database before it is migrated, and at why that failed.
			"dev.belfry.database.watch.MigrationChecks", "dev.belfry.start.StartFailureReporter",
			// Asks whether the database is there, and reads no table.
			"dev.belfry.database.watch.DatabaseWatch", "dev.belfry.database.connections.Epochs",
			// Hand connections on, with limits.
			"dev.belfry.database.connections.UnownedConnections", "dev.belfry.database.connections.LimitedConnections",
			"dev.belfry.database.connections.LimitedConnection", "dev.belfry.database.connections.DatabaseLine",
			"dev.belfry.store.SharedConnections", "dev.belfry.database.connections.DatabasePool",
			"dev.belfry.database.connections.DirectConnections",
			"dev.belfry.database.connections.DatabaseConfiguration",
			// Is shown each new connection, and only teaches it a type.
			"dev.belfry.database.connections.JsonBytesCodec");

	/** Who may run statements that are of no account. The one list of them. */
	private static final Set<String> SYSTEM = Set.of(
			// From a token to its account and user.
			"dev.belfry.accounts.directory.Viewers",
			// Registers accounts, which are not known before.
			"dev.belfry.accounts.upserts.Upserts",
			// Forgets old keys, of all accounts.
			"dev.belfry.store.Idempotency",
			// What each node let accounts use, of all accounts.
			"dev.belfry.quotas.QuotaExchange",
			// What all nodes share.
			"dev.belfry.ids.Installation",
			// Polls the logs of all accounts that someone listens to, at once.
			"dev.belfry.jobs.log.LogPoll",
			// Leases this node's share of all accounts.
			"dev.belfry.buckets.Buckets",
			// The worker looks for e-mails that are due, of all accounts.
			"dev.belfry.delivery.sending.MailQueue",
			// Looks for accounts near their daily cap, and tells all whose bells are
			// open.
			"dev.belfry.delivery.caps.DailyCaps",
			// Looks at how many e-mails wait, of all accounts.
			"dev.belfry.delivery.outbox.MailMeters",
			// The notifier looks for accounts with something to evaluate.
			"dev.belfry.notifier.reader.NotifierStore",
			// Compares the logs of all accounts with what is evaluated.
			"dev.belfry.notifier.reader.NotifierLag",
			// Looks for overdue jobs of all accounts.
			"dev.belfry.alerts.overdue.OverdueJobs",
			// Notes that completions can be logged, of any account.
			"dev.belfry.alerts.overdue.Heartbeat",
			// Looks for accounts with something to remove.
			"dev.belfry.log.retention.Retention", "dev.belfry.log.retention.RetentionRun");

	/** Who has threads: for loops, and for what accounts choose. */
	private static final Set<String> THREADS = Set.of("dev.belfry.loops.Loops", "dev.belfry.work.TenantWork");

	/** Timers of one connection, which end with it. */
	private static final Set<String> TIMERS = Set.of("dev.belfry.live.socket.KeepAlive",
			"dev.belfry.live.sse.SseListener");

	private static final Set<String> AGAIN_AND_AGAIN = Set.of("scheduleAtFixedRate", "scheduleWithFixedDelay",
			"schedulePeriodically", "interval");

	private static final DescribedPredicate<JavaClass> DATABASE = resideInAnyPackage("java.sql..", "javax.sql..",
			"org.springframework.jdbc..", "org.springframework.r2dbc..", "org.springframework.data.r2dbc..",
			"org.springframework.data.repository..")
		.or(describe("connections", (type) -> type.isAssignableTo("io.r2dbc.spi.ConnectionFactory")
				|| type.isAssignableTo("io.r2dbc.spi.Connection") || type.isAssignableTo("io.r2dbc.spi.Statement")));

	private static final DescribedPredicate<JavaClass> SPEAKS_GRAPHQL = describe("speak GraphQL",
			(type) -> topLevel(type).getSimpleName().endsWith("Controller")
					|| Set.of("JobFilters", "ScopeDirective").contains(topLevel(type).getSimpleName()));

	@ArchTest
	static final ArchRule onlyTheGateSpeaksToTheDatabase = noClasses()
		.that(are("outside of the gate",
				(type) -> !GATE.contains(type.getName()) && !type.isAssignableTo(AccountRepository.class)))
		.and(not(resideInAPackage("dev.belfry.embedded..")))
		.should()
		.dependOnClassesThat(DATABASE.and(not(resideInAPackage("org.springframework.r2dbc.connection.."))))
		.because("a statement of a request must not run without its account, and only the gate sees to that");

	@ArchTest
	static final ArchRule repositoriesNameTheAccount = methods().that()
		.areDeclaredInClassesThat()
		.areAssignableTo(AccountRepository.class)
		.should(nameTheAccount())
		.because("no answer can depend on the rows of another account then");

	@ArchTest
	static final ArchRule onlyNamedClassesRunStatementsOfNoAccount = noClasses()
		.that(are("not in the list", (type) -> !SYSTEM.contains(type.getName())))
		.and(not(resideInAPackage("dev.belfry.embedded..")))
		.should()
		.dependOnClassesThat()
		.haveFullyQualifiedName("dev.belfry.store.SystemDatabase")
		.because("who can see the rows of all accounts must be known in one place");

	/**
	 * An argument value, and how it is written, only tells what is null from what is
	 * absent.
	 */
	@ArchTest
	static final ArchRule onlyControllersKnowTheSchema = noClasses().that(not(SPEAKS_GRAPHQL))
		.and()
		.resideInAnyPackage("dev.belfry.bell..", "dev.belfry.notifier..", "dev.belfry.alerts..",
				"dev.belfry.settings..", "dev.belfry.delivery..", "dev.belfry.jobs..", "dev.belfry.events..",
				"dev.belfry.log..", "dev.belfry.catalog..", "dev.belfry.accounts..")
		.should()
		.dependOnClassesThat(resideInAnyPackage("graphql..", "org.springframework.graphql..")
			.and(not(belongToAnyOf(ArgumentValue.class, GraphQlJacksonModule.class))))
		.because("what the product does must not change with how it is asked for");

	@ArchTest
	static final ArchRule nothingIsLoadedByDataLoaders = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.dataloader..")
		.orShould()
		.dependOnClassesThat()
		.haveSimpleName("BatchMapping")
		.because("GraphQL Java remembers each event of a subscription for them; Together does their work");

	@ArchTest
	static final ArchRule nothingIsScheduledBesideTheLoops = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.scheduling.annotation..")
		.because("a loop of Spring's ends or blocks others with the first turn that does");

	@ArchTest
	static final ArchRule whatIsDoneAgainAndAgainIsALoop = noClasses()
		.that(are("no timers of a connection", (type) -> !TIMERS.contains(type.getName())))
		.should()
		.callMethodWhere(describe("goes on for ever", ArchitectureTests::goesOnForEver))
		.because("a loop that nobody supervises ends quietly; see dev.belfry.loops.Loops");

	@ArchTest
	static final ArchRule onlyLoopsAndTenantWorkHaveThreads = noClasses()
		.that(are("not in the list", (type) -> !THREADS.contains(type.getName())))
		.and(not(resideInAPackage("dev.belfry.embedded..")))
		.should()
		.callConstructorWhere(describe("of a thread", (call) -> call.getTargetOwner().isAssignableTo(Thread.class)))
		.orShould()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.util.concurrent.Executors")
		.because("a thread whose work throws an Error ends quietly");

	@ArchTest
	static final ArchRule namesAreWordsOfTheProduct = noClasses().should()
		.haveNameMatching(".*(Impl|Utils?|Helper|Manager|DTO|Dto|Entity)")
		.because("such a name says nothing of what a class is for");

	@ArchTest
	static final ArchRule nothingIsNullUnlessItSaysSo = classes().should(resideInANullMarkedPackage())
		.because("NullAway only looks at packages that are @NullMarked");

	@ArchTest
	static final ArchRule fieldsAreNotInjected = NO_CLASSES_SHOULD_USE_FIELD_INJECTION
		.because("a constructor shows what a class needs, and its fields can be final");

	@ArchTest
	static final ArchRule logsGoThroughOneApi = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING
		.because("all logs go one way, SLF4J");

	@ArchTest
	static final ArchRule onlyTheEmbeddedStartPrints = noClasses().that(not(resideInAPackage("dev.belfry.embedded..")))
		.should(ACCESS_STANDARD_STREAMS)
		.because("a service writes to its log; only the start that a person watches prints what to open");

	private static boolean goesOnForEver(JavaMethodCall call) {
		boolean foreign = !call.getTargetOwner().getPackageName().startsWith("dev.belfry");
		boolean withoutEnd = call.getName().equals("repeat") && call.getTarget().getRawParameterTypes().isEmpty();
		return foreign && (withoutEnd || AGAIN_AND_AGAIN.contains(call.getName()));
	}

	private static DescribedPredicate<JavaClass> are(String description,
			java.util.function.Predicate<JavaClass> condition) {
		return describe(description, (type) -> condition.test(topLevel(type)));
	}

	private static JavaClass topLevel(JavaClass type) {
		return type.getEnclosingClass().map(ArchitectureTests::topLevel).orElse(type);
	}

	/** As the first parameter, and in the statement, which is written out. */
	private static ArchCondition<JavaMethod> nameTheAccount() {
		return new ArchCondition<>("name the account") {
			@Override
			public void check(JavaMethod method, ConditionEvents events) {
				boolean named = !method.getRawParameterTypes().isEmpty()
						&& method.getRawParameterTypes().get(0).isEquivalentTo(AccountId.class)
						&& method.tryGetAnnotationOfType(Query.class)
							.filter((query) -> query.value().matches("(?s).*(account_id = |\\()+:account\\b.*"))
							.isPresent();
				events.add(new SimpleConditionEvent(method, named, method.getFullName() + " names no account"));
			}
		};
	}

	private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
		return new ArchCondition<>("reside in a package that is @NullMarked") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is not @NullMarked"));
			}
		};
	}

}
