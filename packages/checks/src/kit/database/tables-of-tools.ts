/** Tables that tools and frameworks make for themselves: who writes the backend cannot mend them. */
const theirs = [
  // What Django and its companions bring.
  'django_(migrations|session|content_type|admin_log|site)',
  'auth_(user|group|permission|user_groups|user_user_permissions|group_permissions)',
  'authtoken_token',
  // What was migrated so far, and who migrates now.
  'schema_(migrations|version|info)|schemaversions|versioninfo|refinery_schema_history|atlas_schema_revisions',
  'ar_internal_metadata|flyway_schema_history|databasechangelog(lock)?|__efmigrationshistory|sequelizemeta',
  'knex_migrations(_lock)?|kysely_migration(_lock)?|adonis_schema(_versions)?|bun_migration(s|_locks)',
  '(typeorm_)?migrations|typeorm_metadata|alembic_version|aerich|migratehistory|_?yoyo_(log|lock|migration|version)',
  '(_prisma|__drizzle|mikro_orm|gorp|_sqlx|seaql)_migrations|__diesel_schema_migrations|pgmigrations',
  'doctrine_migration_versions|phinxlog|goose_db_version|play_evolutions(_lock)?',
  // Sessions, jobs, locks and tokens.
  'spring_session(_attributes)?|hibernate_sequences?|batch_(job|step)_.*|qrtz_.*',
  'cache_locks|failed_jobs|job_batches|password_resets|password_reset_tokens|personal_access_tokens|telescope_.*',
];

const pattern = new RegExp(`^(${theirs.join('|')})$`, 'i');

export function isOfTool(table: string): boolean {
  return pattern.test(table);
}
