<?php
// Exercises PDO's PostgreSQL driver, with emulated and with real prepared statements. Argument: the port. Prints what it read, as JSON.
$port = $argv[1];
$read = [];
foreach ([true, false] as $emulated) {
    $pdo = new PDO("pgsql:host=127.0.0.1;port=$port;dbname=postgres", 'scram', 'secret', [
        PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
        PDO::ATTR_EMULATE_PREPARES => $emulated,
    ]);
    $pdo->exec('CREATE TEMP TABLE item (id int, name text)');
    $pdo->beginTransaction();
    $insert = $pdo->prepare('INSERT INTO item (id, name) VALUES (:id, :name)');
    foreach ([1 => "it's", 2 => 'two; three'] as $id => $name) {
        $insert->execute(['id' => $id, 'name' => $name]);
    }
    $pdo->commit();
    $insert = null;
    try {
        $pdo->prepare('SELECT nothing FROM item WHERE id = ?')->execute([1]);
    } catch (PDOException $error) {
        $read[] = $error->getCode();
    }
    $pdo->pgsqlCopyFromArray('item', ["3\tcopied", "4\tcopied"]);
    $read[] = count($pdo->query('SELECT * FROM item')->fetchAll());
    $pdo = null;
}
echo json_encode($read), "\n";
