package dev.belfry;

import java.util.List;
import java.util.stream.Collectors;

import graphql.kickstart.tools.GraphQLMutationResolver;
import graphql.kickstart.tools.GraphQLQueryResolver;
import graphql.kickstart.tools.GraphQLResolver;
import graphql.kickstart.tools.GraphQLSubscriptionResolver;
import graphql.kickstart.tools.SchemaParser;
import graphql.kickstart.tools.SchemaParserOptions;
import graphql.schema.Coercing;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaPrinter;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

import dev.belfry.catalog.types.EventField;
import dev.belfry.catalog.types.EventType;
import dev.belfry.generated.types.Alert;
import dev.belfry.generated.types.AlertConnection;
import dev.belfry.generated.types.AlertDryRun;
import dev.belfry.generated.types.AlertEvaluationConnection;
import dev.belfry.generated.types.AlertFilter;
import dev.belfry.generated.types.AlertPreview;
import dev.belfry.generated.types.AlertVersionConnection;
import dev.belfry.generated.types.Bell;
import dev.belfry.generated.types.ConditionOperatorInfo;
import dev.belfry.generated.types.CreateAlertInput;
import dev.belfry.generated.types.CreateAlertPayload;
import dev.belfry.generated.types.CreateRecipientListInput;
import dev.belfry.generated.types.CreateRecipientListPayload;
import dev.belfry.generated.types.DailyEmailCap;
import dev.belfry.generated.types.DateTimeRange;
import dev.belfry.generated.types.DeleteAlertInput;
import dev.belfry.generated.types.DeleteAlertPayload;
import dev.belfry.generated.types.DeleteRecipientListInput;
import dev.belfry.generated.types.DeleteRecipientListPayload;
import dev.belfry.generated.types.DeliveryConnection;
import dev.belfry.generated.types.DeliveryFilter;
import dev.belfry.generated.types.DryRunAlertInput;
import dev.belfry.generated.types.EraseAddressInput;
import dev.belfry.generated.types.EraseAddressPayload;
import dev.belfry.generated.types.ErrorCode;
import dev.belfry.generated.types.Integration;
import dev.belfry.generated.types.IntegrationConnection;
import dev.belfry.generated.types.IntegrationFacet;
import dev.belfry.generated.types.JobMessageConnection;
import dev.belfry.generated.types.JobNotification;
import dev.belfry.generated.types.JobNotificationBatch;
import dev.belfry.generated.types.JobNotificationConnection;
import dev.belfry.generated.types.JobNotificationFacets;
import dev.belfry.generated.types.JobNotificationFilter;
import dev.belfry.generated.types.MarkAllJobNotificationsReadInput;
import dev.belfry.generated.types.MarkAllJobNotificationsReadPayload;
import dev.belfry.generated.types.MarkBellSeenInput;
import dev.belfry.generated.types.MarkBellSeenPayload;
import dev.belfry.generated.types.Node;
import dev.belfry.generated.types.NotificationSettings;
import dev.belfry.generated.types.NotificationSettingsChangeConnection;
import dev.belfry.generated.types.Origin;
import dev.belfry.generated.types.OriginFacet;
import dev.belfry.generated.types.PlatformEventConnection;
import dev.belfry.generated.types.PreviewAlertInput;
import dev.belfry.generated.types.PublishEventsInput;
import dev.belfry.generated.types.PublishEventsPayload;
import dev.belfry.generated.types.RecipientList;
import dev.belfry.generated.types.RecipientListConnection;
import dev.belfry.generated.types.RecordJobCompletionsInput;
import dev.belfry.generated.types.RecordJobCompletionsPayload;
import dev.belfry.generated.types.RemoveSuppressionInput;
import dev.belfry.generated.types.RemoveSuppressionPayload;
import dev.belfry.generated.types.RetryDeliveryInput;
import dev.belfry.generated.types.RetryDeliveryPayload;
import dev.belfry.generated.types.SendTestAlertInput;
import dev.belfry.generated.types.SendTestAlertPayload;
import dev.belfry.generated.types.SetAlertEnabledInput;
import dev.belfry.generated.types.SetAlertEnabledPayload;
import dev.belfry.generated.types.SetGlobalNotificationInput;
import dev.belfry.generated.types.SetGlobalNotificationPayload;
import dev.belfry.generated.types.SetJobNotificationsReadInput;
import dev.belfry.generated.types.SetJobNotificationsReadPayload;
import dev.belfry.generated.types.SuppressionConnection;
import dev.belfry.generated.types.UpdateAlertInput;
import dev.belfry.generated.types.UpdateAlertPayload;
import dev.belfry.generated.types.UpdateNotificationSettingsInput;
import dev.belfry.generated.types.UpdateNotificationSettingsPayload;
import dev.belfry.generated.types.UpdateRecipientListInput;
import dev.belfry.generated.types.UpdateRecipientListPayload;
import dev.belfry.generated.types.UpsertAccountsInput;
import dev.belfry.generated.types.UpsertAccountsPayload;
import dev.belfry.generated.types.UpsertUsersInput;
import dev.belfry.generated.types.UpsertUsersPayload;
import dev.belfry.generated.types.UserConnection;
import dev.belfry.generated.types.WhyNotified;
import dev.belfry.jobs.log.MessageSeverity;
import dev.belfry.testing.SchemaFiles;
import dev.belfry.viewer.Account;
import dev.belfry.viewer.User;
import dev.belfry.viewer.Viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Holds the schema against Java a second time, by GraphQL Java Tools: the records and
 * enums of the domain that stand for its types, the generated ones, and the arguments of
 * each field. It serves no traffic.
 */
class GraphqlToolsTests {

	@Test
	void findsJavaForEveryFieldArgumentAndValueOfTheSchema() {
		GraphQLSchema schema = parse();

		assertThat(types(schema)).isEqualTo(types(SchemaFiles.schema()));
	}

	@Test
	void findsATypeThatJavaDoesNotHave() {
		String drifted = sdl() + " extend type Viewer { shoeSize: Int }";

		assertThat(catchThrowable(() -> parse(drifted))).hasMessageContaining("shoeSize");
	}

	private static GraphQLSchema parse() {
		return parse(sdl());
	}

	private static GraphQLSchema parse(String sdl) {
		return SchemaParser.newParser()
			.schemaString(sdl)
			.resolvers(new Queries(), new Mutations(), new Subscriptions(), new Bells(), new Integrations(), new Jobs(),
					new Facets(), new Accounts(), new Users(), new Settings(), new Alerts(), new EventFields())
			.dictionary("ErrorCode", ErrorCode.class)
			.dictionary("Origin", Origin.class)
			.scalars(scalar("Cursor"), scalar("DateTime"), scalar("JSON"), scalar("Long"))
			.options(SchemaParserOptions.newOptions().includeUnusedTypes(true).build())
			.build()
			.makeExecutableSchema();
	}

	private static String sdl() {
		return SchemaFiles.paths().stream().map(SchemaFiles::read).collect(Collectors.joining("\n"));
	}

	/** Each object type as it is printed, without descriptions. */
	private static List<String> types(GraphQLSchema schema) {
		SchemaPrinter printer = new SchemaPrinter(
				SchemaPrinter.Options.defaultOptions().includeDirectives(false).descriptionsAsHashComments(true));
		return schema.getAllTypesAsList()
			.stream()
			.filter((type) -> type instanceof GraphQLObjectType && !type.getName().startsWith("__"))
			.map(printer::print)
			.map((printed) -> printed.replaceAll("(?m)^\\s*#.*\\n", ""))
			.sorted()
			.toList();
	}

	private static GraphQLScalarType scalar(String name) {
		return GraphQLScalarType.newScalar().name(name).coercing(new Coercing<>() {
		}).build();
	}

	static final class Queries implements GraphQLQueryResolver {

		public Viewer viewer() {
			throw new UnsupportedOperationException();
		}

		public Node node(String id) {
			throw new UnsupportedOperationException();
		}

		public List<Node> nodes(List<String> ids) {
			throw new UnsupportedOperationException();
		}

		public Bell bell() {
			throw new UnsupportedOperationException();
		}

		public Integration integration(String id) {
			throw new UnsupportedOperationException();
		}

		public IntegrationConnection integrations(Integer first, String after, Integer last, String before) {
			throw new UnsupportedOperationException();
		}

		public DeliveryConnection deliveries(DeliveryFilter filter, Integer first, String after) {
			throw new UnsupportedOperationException();
		}

		public DailyEmailCap dailyEmailCap() {
			throw new UnsupportedOperationException();
		}

		public SuppressionConnection suppressions(Integer first, String after) {
			throw new UnsupportedOperationException();
		}

		public JobNotificationConnection jobNotifications(JobNotificationFilter filter, Boolean read, Integer first,
				String after, Integer last, String before) {
			throw new UnsupportedOperationException();
		}

		public WhyNotified whyNotified(String id) {
			throw new UnsupportedOperationException();
		}

		public List<EventType> eventTypes() {
			throw new UnsupportedOperationException();
		}

		public AlertConnection alerts(AlertFilter filter, Integer first, String after) {
			throw new UnsupportedOperationException();
		}

		public Alert alert(String id) {
			throw new UnsupportedOperationException();
		}

		public AlertPreview previewAlert(PreviewAlertInput input) {
			throw new UnsupportedOperationException();
		}

		public RecipientListConnection recipientLists(String search, Integer first, String after) {
			throw new UnsupportedOperationException();
		}

		public RecipientList recipientList(String id) {
			throw new UnsupportedOperationException();
		}

		public UserConnection users(String search, Integer first, String after) {
			throw new UnsupportedOperationException();
		}

		public NotificationSettings notificationSettings() {
			throw new UnsupportedOperationException();
		}

		public PlatformEventConnection platformEvents(String type, DateTimeRange recordedAt, Integer first,
				String after) {
			throw new UnsupportedOperationException();
		}

	}

	static final class Mutations implements GraphQLMutationResolver {

		public UpsertAccountsPayload upsertAccounts(UpsertAccountsInput input) {
			throw new UnsupportedOperationException();
		}

		public UpsertUsersPayload upsertUsers(UpsertUsersInput input) {
			throw new UnsupportedOperationException();
		}

		public RecordJobCompletionsPayload recordJobCompletions(RecordJobCompletionsInput input) {
			throw new UnsupportedOperationException();
		}

		public PublishEventsPayload publishEvents(PublishEventsInput input) {
			throw new UnsupportedOperationException();
		}

		public RetryDeliveryPayload retryDelivery(RetryDeliveryInput input) {
			throw new UnsupportedOperationException();
		}

		public RemoveSuppressionPayload removeSuppression(RemoveSuppressionInput input) {
			throw new UnsupportedOperationException();
		}

		public EraseAddressPayload eraseAddress(EraseAddressInput input) {
			throw new UnsupportedOperationException();
		}

		public MarkBellSeenPayload markBellSeen(MarkBellSeenInput input) {
			throw new UnsupportedOperationException();
		}

		public MarkAllJobNotificationsReadPayload markAllJobNotificationsRead(MarkAllJobNotificationsReadInput input) {
			throw new UnsupportedOperationException();
		}

		public SetJobNotificationsReadPayload setJobNotificationsRead(SetJobNotificationsReadInput input) {
			throw new UnsupportedOperationException();
		}

		public CreateAlertPayload createAlert(CreateAlertInput input) {
			throw new UnsupportedOperationException();
		}

		public UpdateAlertPayload updateAlert(UpdateAlertInput input) {
			throw new UnsupportedOperationException();
		}

		public SetAlertEnabledPayload setAlertEnabled(SetAlertEnabledInput input) {
			throw new UnsupportedOperationException();
		}

		public DeleteAlertPayload deleteAlert(DeleteAlertInput input) {
			throw new UnsupportedOperationException();
		}

		public SendTestAlertPayload sendTestAlert(SendTestAlertInput input) {
			throw new UnsupportedOperationException();
		}

		public CreateRecipientListPayload createRecipientList(CreateRecipientListInput input) {
			throw new UnsupportedOperationException();
		}

		public UpdateRecipientListPayload updateRecipientList(UpdateRecipientListInput input) {
			throw new UnsupportedOperationException();
		}

		public DeleteRecipientListPayload deleteRecipientList(DeleteRecipientListInput input) {
			throw new UnsupportedOperationException();
		}

		public UpdateNotificationSettingsPayload updateNotificationSettings(UpdateNotificationSettingsInput input) {
			throw new UnsupportedOperationException();
		}

		public SetGlobalNotificationPayload setGlobalNotification(SetGlobalNotificationInput input) {
			throw new UnsupportedOperationException();
		}

	}

	static final class Subscriptions implements GraphQLSubscriptionResolver {

		public Publisher<Bell> bell() {
			throw new UnsupportedOperationException();
		}

		public Publisher<AlertDryRun> dryRunAlert(DryRunAlertInput input) {
			throw new UnsupportedOperationException();
		}

		public Publisher<JobNotificationBatch> jobNotifications(JobNotificationFilter filter, String since) {
			throw new UnsupportedOperationException();
		}

	}

	static final class Bells implements GraphQLResolver<Bell> {

		public List<JobNotification> recent(Bell bell, Integer first) {
			throw new UnsupportedOperationException();
		}

	}

	static final class Integrations implements GraphQLResolver<Integration> {

		public List<JobNotification> recentJobNotifications(Integration integration, Integer first) {
			throw new UnsupportedOperationException();
		}

	}

	static final class Jobs implements GraphQLResolver<JobNotification> {

		public JobMessageConnection messages(JobNotification job, Integer first, String after,
				List<MessageSeverity> severities) {
			throw new UnsupportedOperationException();
		}

	}

	static final class Facets implements GraphQLResolver<JobNotificationFacets> {

		public List<IntegrationFacet> integrations(JobNotificationFacets facets, Integer first) {
			throw new UnsupportedOperationException();
		}

		public List<OriginFacet> origins(JobNotificationFacets facets, Integer first) {
			throw new UnsupportedOperationException();
		}

	}

	static final class Accounts implements GraphQLResolver<Account> {

		public String id(Account account) {
			throw new UnsupportedOperationException();
		}

	}

	static final class Users implements GraphQLResolver<User> {

		public String id(User user) {
			throw new UnsupportedOperationException();
		}

	}

	static final class Settings implements GraphQLResolver<NotificationSettings> {

		public NotificationSettingsChangeConnection changes(NotificationSettings settings, Integer first,
				String after) {
			throw new UnsupportedOperationException();
		}

	}

	static final class Alerts implements GraphQLResolver<Alert> {

		public AlertVersionConnection versions(Alert alert, Integer first, String after) {
			throw new UnsupportedOperationException();
		}

		public AlertEvaluationConnection evaluations(Alert alert, Integer first, String after) {
			throw new UnsupportedOperationException();
		}

	}

	static final class EventFields implements GraphQLResolver<EventField> {

		public List<ConditionOperatorInfo> operators(EventField field) {
			throw new UnsupportedOperationException();
		}

	}

}
